import { isNetworkFailure } from "./error-cause.js";
import { type CallDetails, ConnectionError, InvalidArgumentError } from "./errors.js";
import { isError } from "./redact.js";
import type { CallAuth } from "./token.js";

export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

const idHeader = "x-client-request-id";

/**
 * Sends a copy of a request, with its token and its id: a middleware holds the request itself, and must not see the token.
 *
 * @throws {ConnectionError} when no response is received
 */
export async function send(
  request: Request,
  details: CallDetails,
  auth: CallAuth,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<Response> {
  const headers = new Headers(request.headers);
  const token = await auth.getToken(signal);
  signal.throwIfAborted();
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  // Next.js caches by headers, and would find nothing with a new id each time.
  const isCached = request.cache === "force-cache" || "next" in request;
  // A caller may have set one. Browsers have no randomUUID on insecure pages.
  const id = headers.get(idHeader) ?? (isCached ? undefined : globalThis.crypto?.randomUUID?.());
  if (id) headers.set(idHeader, id);
  details.clientRequestId = id;

  const RequestClass = request.constructor as typeof Request; // the `Request` option of openapi-fetch
  const hasBody = !["GET", "HEAD"].includes(request.method);
  const source = hasBody ? request.clone() : request; // a body can be read once, and sent twice
  const { referrer, referrerPolicy } = request; // `new Request()` resets them
  const copy = new RequestClass(source, { headers, signal, referrer, referrerPolicy });
  // openapi-fetch sets options that it does not know on the request, for frameworks.
  for (const [key, value] of Object.entries(request)) if (!(key in copy)) Object.assign(copy, { [key]: value });
  try {
    return await fetch(copy);
  } catch (cause) {
    if (!isNetworkFailure(cause)) throw cause;
    if (takesNoRequest(cause)) {
      const problem = "must take a Request of this run time; for that of a library, see `fetch` in the README";
      throw new InvalidArgumentError("fetch", problem);
    }
    throw new ConnectionError(details, cause);
  }
}

/** Whether a `fetch` took the Request for a URL. That of a library does so when it has a Request class of its own. */
function takesNoRequest(thrown: unknown): boolean {
  const code = (error: unknown) => isError(error) && "code" in error && error.code;
  return isError(thrown) && [thrown, thrown.cause].some((error) => code(error) === "ERR_INVALID_URL");
}
