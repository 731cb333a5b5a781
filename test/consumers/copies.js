// The ES modules and the CommonJS modules of the package in one process: two copies.
import { createRequire } from "node:module";
import { ApiError, ConnectionError, listBackups, TokenError } from "managed-mysql-client";

const { createClient, ...other } = createRequire(import.meta.url)("managed-mysql-client");
const [baseUrl, clusterId, refusing] = process.argv.slice(2);

/** What a listing of one copy throws for a client of the other. */
const thrown = (options) =>
  listBackups(createClient({ retry: false, ...options }), { clusterId, pageSize: 1 })
    .toArray()
    .catch((error) => error);

let calls = 0;
const token = async () => {
  if (calls++ === 1) throw new Error("no key");
  return "any";
};
const tokenError = await thrown({ baseUrl, token });
const connectionError = await thrown({ baseUrl: refusing, token: "any" });
console.log(
  JSON.stringify({
    areTwo: ApiError !== other.ApiError,
    isTokenError: tokenError instanceof TokenError && tokenError instanceof other.TokenError,
    canResume: typeof tokenError.pageToken === "string",
    isConnectionError: connectionError instanceof ConnectionError && !(connectionError instanceof ApiError),
    connectionError,
  }),
);
