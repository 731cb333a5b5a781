import { detailsOf } from "../call-details.js";
import { ApiError, ConnectionError } from "../errors.js";
import { createFetchWithRetries } from "../fetch-with-retries.js";
import type { Transport } from "../send-once.js";
import { isError } from "../unknown-value.js";
import { invalidValue } from "../validate-value.js";
import { issuedToken, requestToken } from "./request-token.js";
import { variable } from "./runtime.js";
import type { TokenIssuer } from "./token-cache.js";

const path = "/computeMetadata/v1/instance/service-accounts/default/token";

/** How long the service, on the same machine, may take, in milliseconds. Elsewhere, its address can be silent. */
const timeout = 2_000;

/**
 * Creates a function that requests a token of the metadata service of a virtual machine.
 *
 * @param prefix the beginning of the error message when the service is missing
 * @throws nothing itself; the function rejects with a {@link ConnectionError} when the service is missing, and an
 *   {@link ApiError} when it has no token
 */
export function metadataIssuer(transport: Transport, prefix = ""): TokenIssuer {
  let hasResponded = false;
  return async (signal) => {
    const origin = metadataOrigin();
    const none = `${prefix}${origin} gave no token`;
    const missing = `${none}: this is not a virtual machine, or it has no service account`;
    const fail = (message: string, error: ConnectionError) =>
      new ConnectionError(
        { ...detailsOf("GET", path), attempts: error.attempts },
        new Error(message, { cause: innermost(error) }),
      );
    const send = createFetchWithRetries(origin, {
      timeout,
      onResponse: () => {
        hasResponded = true;
      },
      // Outside of a virtual machine, further attempts only take time.
      onRetry: ({ attempt, error }) => {
        if (error && attempt === 1 && !hasResponded && isAbsence(error)) throw fail(missing, error);
      },
    });
    const init = { headers: { "metadata-flavor": "Google" }, signal };
    const result = await requestToken(send, transport, origin + path, init).catch((error: unknown) => {
      const isLost = error instanceof ConnectionError && error.attempts > 1 && !hasResponded;
      throw isLost ? fail(none, error) : error;
    });
    if (result.response.status === 404) throw new ApiError(result.call, result.response, { message: missing });
    return issuedToken(result, ({ access_token, expires_in }) => ({
      token: access_token,
      lifetime: secondsOf(expires_in) * 1000,
    }));
  };
}

/** A number, which emulators of the service write as text, too; NaN for anything else. */
function secondsOf(value: unknown): number {
  const isText = typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value);
  return typeof value === "number" || isText ? Number(value) : Number.NaN;
}

/** @throws {InvalidArgumentError} when YC_METADATA_ADDR is not an address */
function metadataOrigin(): string {
  const address = variable("YC_METADATA_ADDR") ?? "169.254.169.254";
  const url = address.startsWith("http://") ? address : `http://${address}`;
  const { origin, href } = new URL(URL.canParse(url) ? url : "no:url");
  if (href === `${origin}/`) return origin;
  throw invalidValue("YC_METADATA_ADDR", "a host, with or without a port", address);
}

/** Codes of Node.js, undici and Bun for a host that refuses or cannot be reached, or whose address is unknown. */
const absent =
  /^(E(CONNREFUSED|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|ADDRNOTAVAIL|NOTFOUND|TIMEDOUT|ACCES|PERM|INVAL)|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/;

/** Whether the service is missing: a connection was refused, impossible or silent. A lost connection does not count. */
function isAbsence(error: ConnectionError): boolean {
  const cause = innermost(error);
  if (!isError(cause)) return false;
  // Deno gives no code.
  return cause.name === "TimeoutError" || absent.test(error.systemCode ?? "") || /\(Connect\)/.test(cause.message);
}

/** The cause that says the most: that of `fetch failed`. */
function innermost(error: Error): unknown {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
