// Token functions for `createClient`. Nothing of the client imports this.

import { type CreateIamTokenRequest, type CreateIamTokenResponse, type IamPaths, iamServer } from "./description.js";
import { InvalidArgumentError } from "./errors.js";
import { createReliableFetch } from "./fetch-with-retries.js";
import { keyReader, type ServiceAccountKey } from "./iam/key.js";
import { metadataToken } from "./iam/metadata.js";
import { issuedToken, requestToken } from "./iam/request-token.js";
import { variable } from "./iam/runtime.js";
import { cached, type TokenFunction } from "./iam/token-cache.js";
import { validateBaseUrl } from "./validate-options.js";

export type { ServiceAccountKey, TokenFunction };

/** How {@link fromServiceAccountKey} exchanges a key for tokens. */
export interface ServiceAccountKeyOptions {
  /**
   * The origin of the service that issues tokens, without a path: `https:`, or `http:` on a loopback address.
   *
   * @default "https://iam.api.cloud.yandex.net"
   */
  readonly endpoint?: string | undefined;
}

const path = "/iam/v1/tokens" satisfies keyof IamPaths;

/** How long an attempt of the exchange may take, in milliseconds. Four of them fit in the time that a client waits. */
const timeout = 10_000;

/**
 * Creates a token function that exchanges an authorized key of a service account for IAM tokens.
 *
 * @example
 * const client = createClient({ token: fromServiceAccountKey("key.json") });
 *
 * @param key the key, or the path of its JSON file, which is read for each exchange: a new key in it is used
 * @throws {InvalidArgumentError} when the key, or the endpoint, cannot be used. The token function rejects with one, too,
 *   for a file; with an {@link ApiError} for a failure that the server responds with; an {@link InvalidResponseError}
 *   for a response without a token; and a {@link ConnectionError} for no response. In a call of a client, each is the
 *   `cause` of a {@link TokenError}.
 */
export function fromServiceAccountKey(
  key: ServiceAccountKey | string,
  options: ServiceAccountKeyOptions = {},
): TokenFunction {
  const endpoint = validateBaseUrl(options.endpoint ?? iamServer, "endpoint");
  if (new URL(endpoint).origin !== endpoint) throw new InvalidArgumentError("endpoint", "must be without a path");
  const send = createReliableFetch(endpoint, { timeout }, () => true); // repeating an exchange is safe
  const readKey = keyReader(key);

  return cached(async (signal) => {
    const { signJwt } = await import("./iam/jwt.js"); // jose takes longer to load than all the rest
    // The audience is the name of the service, whatever the endpoint is.
    const body: CreateIamTokenRequest = { jwt: await signJwt(await readKey(), iamServer + path) };
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body), signal };
    const result = await requestToken(send, endpoint + path, init);
    return issuedToken(result, ({ iamToken, expiresAt }: Unknown<CreateIamTokenResponse>) => ({
      token: iamToken,
      lifetime: lifetimeUntil(expiresAt, result.response),
    }));
  });
}

/** A response before its fields are validated. */
type Unknown<Body> = { readonly [Field in keyof Body]?: unknown };

/**
 * The time until a token expires, in milliseconds; NaN for what is not a time. The clock of this machine can be wrong, and
 * a browser does not see the `Date` of a response: of the two, the one that leaves less time counts.
 */
function lifetimeUntil(expiresAt: unknown, response: Response): number {
  const expiry = typeof expiresAt === "string" ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(expiry)) return expiry;
  const left = [Date.now(), Date.parse(response.headers.get("date") ?? "")].map((now) => expiry - now);
  const valid = left.filter((time) => time > 0);
  return valid.length > 0 ? Math.min(...valid) : 0;
}

/**
 * Creates a token function that asks the metadata service of a virtual machine for tokens of its service account. It obeys
 * `YC_METADATA_ADDR`, a host with or without a port.
 *
 * @example
 * const client = createClient({ token: fromMetadata() });
 *
 * @throws nothing itself; the token function rejects with a {@link ConnectionError} after at most two seconds without a
 *   response, or an {@link ApiError} for a 404, when this is not a virtual machine, or it has no service account; and as
 *   {@link fromServiceAccountKey} does for any other response
 */
export function fromMetadata(): TokenFunction {
  return cached((signal) => metadataToken(signal));
}

/**
 * Creates a token function that takes the first of these that there is: the IAM token in `YC_TOKEN`, the key in the file
 * that `YC_SERVICE_ACCOUNT_KEY_FILE` names, or the metadata service. It looks for them when it is called the first time.
 *
 * @example
 * const client = createClient({ token: fromEnvironment() });
 *
 * @throws nothing itself; the token function rejects as that of {@link fromServiceAccountKey} or {@link fromMetadata}
 *   does. When there is none, the error says what it has looked for.
 */
export function fromEnvironment(): TokenFunction {
  let chosen: TokenFunction | undefined;
  return async (request) => {
    chosen ??= choose();
    return await chosen(request);
  };
}

function choose(): TokenFunction {
  const token = variable("YC_TOKEN");
  if (token !== undefined) return async () => token;
  const file = variable("YC_SERVICE_ACCOUNT_KEY_FILE");
  if (file !== undefined) return fromServiceAccountKey(file);
  return cached((signal) => metadataToken(signal, "YC_TOKEN and YC_SERVICE_ACCOUNT_KEY_FILE are not set, and "));
}
