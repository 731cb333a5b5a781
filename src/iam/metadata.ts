import { ApiError, ConnectionError, detailsOf } from "../errors.js";
import { createReliableFetch } from "../fetch-with-retries.js";
import { invalidValue } from "../validate-value.js";
import { issuedToken, requestToken } from "./request-token.js";
import { variable } from "./runtime.js";
import type { IssuedToken } from "./token-cache.js";

const path = "/computeMetadata/v1/instance/service-accounts/default/token";

/** How long the service may take, in milliseconds. It is on the same machine; elsewhere, nothing may respond at all. */
const timeout = 2_000;

/**
 * Requests a token of the metadata service of a virtual machine.
 *
 * @param prefix what the message of the error for a missing service begins with
 * @throws {ConnectionError} when there is no such service, and {@link ApiError} when it has no token
 */
export async function metadataToken(signal: AbortSignal, prefix = ""): Promise<IssuedToken> {
  const origin = metadataOrigin();
  const missing = `${prefix}no token from ${origin}: not on a virtual machine, or it has no service account`;
  const send = createReliableFetch(origin, {
    timeout,
    // Whoever is not on a virtual machine should not wait for further attempts.
    onRetry: ({ error }) => {
      if (error) throw new ConnectionError(detailsOf("GET", path), new Error(missing, { cause: innermost(error) }));
    },
  });
  const result = await requestToken(send, origin + path, { headers: { "metadata-flavor": "Google" }, signal });
  if (result.response.status === 404) throw new ApiError(result.call, result.response, { message: missing });
  return issuedToken(result, ({ access_token, expires_in }) => ({
    token: access_token,
    lifetime: typeof expires_in === "number" ? expires_in * 1000 : Number.NaN,
  }));
}

/** @throws {InvalidArgumentError} when YC_METADATA_ADDR is not an address */
function metadataOrigin(): string {
  const address = variable("YC_METADATA_ADDR") ?? "169.254.169.254";
  const url = address.startsWith("http://") ? address : `http://${address}`;
  const { origin, href } = new URL(URL.canParse(url) ? url : "no:url");
  if (href === `${origin}/`) return origin;
  throw invalidValue("YC_METADATA_ADDR", "a host, with or without a port", address);
}

/** The cause that says the most: that of `fetch failed`. */
function innermost(error: Error): unknown {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
