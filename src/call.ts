import { type Answer, type AttemptSettings, attempt, type CallOptions, CallState, type SendOnce } from "./attempt.js";
import { sleep } from "./clock.js";
import { checkBaseUrl } from "./endpoint.js";
import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";
import { checkHeaders, checkParameters } from "./parameters.js";
import { delayAfter, isRetryable, type RetryPolicy } from "./retry.js";
import { parseRetryAfter } from "./retry-after.js";

/** An answer that came, whatever its status is: with its whole body, unless that was no JSON or too large. */
export interface ResponseEvent {
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** How often the request was sent, this time included. */
  readonly attempt: number;
  readonly status: number;
  /** The `x-client-request-id` that was sent. */
  readonly clientRequestId: string | undefined;
  /** The `x-request-id` that was received. */
  readonly requestId: string | undefined;
  /** From asking for the token to the end of the body, in milliseconds. */
  readonly duration: number;
}

/** A request that failed and is about to be sent again. */
export interface RetryEvent extends Omit<ResponseEvent, "status"> {
  /** The wait before the next attempt, in milliseconds. */
  readonly delay: number;
  /** The status that was answered; undefined when no usable answer came. */
  readonly status: number | undefined;
  /** Why no usable answer came; undefined when there is a status. */
  readonly error: ConnectionError | undefined;
}

/** What all calls of a client share. */
export interface Settings extends AttemptSettings {
  readonly retry: RetryPolicy;
  readonly onResponse: ((event: ResponseEvent) => void) | undefined;
  readonly onRetry: ((event: RetryEvent) => void) | undefined;
}

const calls = new WeakMap<Response, Call>();

/** The call that a response answers; undefined when it does not come from a client of this package. */
export function callFor(response: Response): Call | undefined {
  return calls.get(response);
}

/**
 * Sends a request until it is answered, or has failed for good.
 *
 * @throws {ConnectionError} when the last attempt brought no answer; a failing status is an answer
 * @throws {InvalidResponseError} when a 2xx answer is not JSON or too large
 */
export async function send<Result extends Answer>(
  settings: Settings,
  method: string,
  path: string,
  init: CallOptions,
  sendOnce: SendOnce<Result>,
): Promise<Result> {
  checkParameters(method, path, init.params);
  checkHeaders(init.params?.["header"]);
  const options = { ...init };
  if (init.headers) options.headers = checkHeaders(init.headers);
  if (init.baseUrl) options.baseUrl = checkBaseUrl(init.baseUrl);
  const { clock, tokens, retry, onResponse, onRetry } = settings;
  const most = method === "GET" ? retry.attempts : 1;
  const call = new CallState(method, path, init.params);

  let refreshed = false;
  for (let failures = 0; ; ) {
    const started = performance.now();
    let result: Result | undefined;
    let error: ConnectionError | InvalidResponseError | undefined;
    try {
      result = await attempt(settings, call, options, sendOnce);
    } catch (reason) {
      init.signal?.throwIfAborted(); // its reason is the caller's, whatever class it has
      if (!(reason instanceof ConnectionError || reason instanceof InvalidResponseError)) throw reason;
      error = reason;
    }
    const response = result?.response;
    const status = response?.status ?? (error instanceof InvalidResponseError ? error.status : undefined);
    const event = (): Omit<ResponseEvent, "status"> => ({
      method,
      path: call.redact(call.path),
      attempt: call.attempts,
      clientRequestId: call.clientRequestId,
      requestId: error?.requestId ?? (call.redact(response?.headers.get("x-request-id") ?? "") || undefined),
      duration: performance.now() - started,
    });
    if (status !== undefined && onResponse) await onResponse({ ...event(), status });

    const unanswered = error instanceof ConnectionError ? error : undefined;
    let delay: number | undefined;
    if (response?.status === 401 && tokens.canRefresh && !refreshed) {
      refreshed = true;
      call.refused = call.grant;
      delay = 0;
    } else if (unanswered || (response && isRetryable(response.status))) {
      failures += 1;
      const retryAfter = parseRetryAfter(response?.headers.get("retry-after") ?? null, clock.now());
      if (failures < most) delay = delayAfter(retry, failures, retryAfter);
    }
    if (delay === undefined) {
      if (!result) throw error;
      calls.set(result.response, call);
      return result;
    }
    await onRetry?.({ ...event(), delay, status, error: unanswered });
    if (delay > 0) await sleep(clock, delay, init.signal);
  }
}
