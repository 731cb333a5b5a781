import type { CallDetails } from "./call-details.js";
import { isNetworkFailure } from "./error-cause.js";
import { ConnectionError, InvalidArgumentError } from "./errors.js";
import { isError, kindOf } from "./unknown-value.js";

export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** How a request is sent. */
export interface Transport {
  /** A `fetch` of the caller's. @default globalThis.fetch, looked up at each request */
  readonly fetch?: Fetch | undefined;
  /** Options that a run time adds to those of `fetch`, for example Node.js's `dispatcher`. */
  readonly requestInitExt?: RequestInit | undefined;
}

/** A request, with the values that all of its attempts share. */
export interface Sending extends Transport {
  readonly request: Request;
  /** Whether a middleware holds the Request: it must not see the token. */
  readonly isHeld: boolean;
  /** The `x-client-request-id` that the caller set. */
  readonly id: string | undefined;
}

export const idHeader = "x-client-request-id";

/**
 * Sends a request once, with its token and its id. Returns an error when no response is received. It throws errors from
 * the caller's `fetch`.
 *
 * @throws {InvalidArgumentError} when `fetch` takes no Request of this run time, or returns no Response that can be read
 */
export async function sendOnce(
  { request, isHeld, id: givenId, fetch, requestInitExt }: Sending,
  call: CallDetails,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Response | ConnectionError> {
  const { method, referrer, referrerPolicy } = request;
  // Any option of a new Request resets these two.
  const kept = {
    ...(referrer !== undefined && referrer !== "about:client" && { referrer }),
    ...(referrerPolicy && { referrerPolicy }),
  };
  // Next.js caches by headers, and would find nothing with a new id each time.
  const isCached = request.cache === "force-cache" || "next" in request;
  // openapi-fetch sets unknown options on the Request, for frameworks. Frameworks and a `fetch` of the caller's look at
  // the Request alone.
  const unknown = Object.entries(request);
  const isLookedAt = fetch !== undefined || isCached || unknown.length > 0;
  const hasBody = !["GET", "HEAD"].includes(method);
  let sent = request;
  // A body can be read once, and sent twice.
  if (isHeld || hasBody || isLookedAt) {
    const RequestClass = request.constructor as typeof Request; // the `Request` option of openapi-fetch
    sent = new RequestClass(hasBody ? request.clone() : request, { ...kept, signal: isLookedAt ? signal : null });
    for (const [key, value] of unknown) if (!(key in sent)) Object.assign(sent, { [key]: value });
  }
  if (token !== undefined) sent.headers.set("authorization", `Bearer ${token}`);
  // Browsers have no randomUUID on insecure pages.
  const id = givenId ?? (isCached ? undefined : globalThis.crypto?.randomUUID?.());
  if (id) sent.headers.set(idHeader, id);
  call.clientRequestId = id;
  let response: Response;
  try {
    response = isLookedAt
      ? await (fetch ?? globalThis.fetch)(sent, requestInitExt)
      : await globalThis.fetch(sent, { ...requestInitExt, ...kept, signal });
  } catch (cause) {
    if (takesNoRequest(cause)) {
      const problem = "must take a Request of this run time; for that of a library, see `fetch` in the README";
      throw new InvalidArgumentError("fetch", problem, call);
    }
    if (!isNetworkFailure(cause)) throw cause;
    return new ConnectionError(call, cause);
  }
  if (isUnread(response)) return response;
  const { status }: Partial<Response> = Object(response);
  const found = `${kindOf(response)}${status ? ` with status ${status}` : ""}`;
  const problem = `must return a Response with an unread body, but returned ${found}`;
  throw new InvalidArgumentError("fetch", problem, call);
}

/** Whether a `fetch` returned a Response, of any class, whose body can be read. */
function isUnread(response: Partial<Response> | undefined): response is Response {
  return typeof response?.text === "function" && !response.bodyUsed && !response.body?.locked;
}

/** Whether a `fetch` took the Request for a URL. That of a library does so when it has a Request class of its own. */
function takesNoRequest(thrown: unknown): boolean {
  const input = (error: unknown) => isError(error) && "input" in error && String(error.input);
  return isError(thrown) && [thrown, thrown.cause].some((error) => input(error) === "[object Request]");
}
