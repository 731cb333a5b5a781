import { type Answer, attempt, type CallState } from "./attempt.js";
import { abortable, type Timer } from "./clock.js";
import { checkBaseUrl } from "./endpoint.js";
import { type Call, ConnectionError, InvalidResponseError, RequestError } from "./errors.js";
import type { ClientOptions, ResponseEvent } from "./options.js";
import { check, checkParameters, fillPath } from "./parameters.js";
import { type CallOptions, headersOf, outgoing } from "./request.js";
import { isRetryable, retryPolicy } from "./retry.js";
import { parseRetryAfter } from "./retry-after.js";
import { server } from "./schema.js";
import { tokenSource } from "./token.js";

/** Sends any request, with the types that all of them share. */
export type Send = (method: string, path: string, init?: CallOptions) => Promise<Answer>;

/** The call that a response answers, if it comes from a client of this package. */
export const calls = new WeakMap<Response, Call>();

/**
 * Makes what sends a request until it is answered, or has failed for good.
 *
 * @throws {InvalidArgumentError} when an option cannot be used
 */
export function sender(after: Timer, options: ClientOptions): Send {
  const { timeout = 60_000, maxResponseSize = 2 ** 26, onResponse, onRetry } = options;
  const baseUrl = checkBaseUrl(options.baseUrl ?? server);
  const headers = headersOf(options.headers);
  check("timeout", timeout, { type: "integer", minimum: 1 });
  check("maxResponseSize", maxResponseSize, { type: "integer", minimum: 1 });
  const { attempts, minDelay, maxDelay, maxRetryAfter } = retryPolicy(options.retry);
  const { canRefresh, redact, forCall } = tokenSource(options.token);

  return async (method, path, init = {}) => {
    const { params, signal } = init;
    checkParameters(method, path, params);
    const request = outgoing(baseUrl, method, path, init, headers);
    const call: CallState = {
      method,
      path: fillPath(path, params?.["path"]),
      attempts: 0,
      clientRequestId: undefined,
      redact,
      refused: false,
      token: forCall(),
    };

    for (let failures = 0; ; ) {
      const started = performance.now();
      let answer: Answer | undefined;
      let error: RequestError | undefined;
      call.attempts += 1;
      try {
        answer = await abortable<Answer>(signal, (resolve, reject, bound) => {
          attempt(call, request, { fetch: options.fetch, maxResponseSize }, bound).then(resolve, reject);
          return after(timeout, () => {
            reject(new ConnectionError(call, new DOMException(`timed out after ${timeout} ms`, "TimeoutError")));
          });
        });
      } catch (reason) {
        signal?.throwIfAborted(); // its reason is the caller's, whatever class it has
        if (!(reason instanceof RequestError)) throw reason;
        error = reason;
      }
      const { status, headers } = answer?.response ?? {};
      const event = () => ({
        method,
        path: redact(call.path),
        attempt: call.attempts,
        status: error instanceof InvalidResponseError ? error.status : status,
        clientRequestId: call.clientRequestId,
        requestId: error ? error.requestId : redact(headers?.get("x-request-id") ?? "") || undefined,
        duration: performance.now() - started,
      });
      if (answer || error instanceof InvalidResponseError) await onResponse?.(event() as ResponseEvent);

      let delay: number | undefined;
      if (status === 401 && canRefresh && !call.refused) {
        call.refused = true;
        delay = 0;
      } else if (error instanceof ConnectionError || isRetryable(status)) {
        failures += 1;
        const asked = parseRetryAfter(headers);
        const isLeft = method === "GET" && failures < attempts && (asked ?? 0) <= maxRetryAfter;
        if (isLeft) delay = asked ?? Math.random() * Math.min(maxDelay, minDelay * 2 ** (failures - 1));
      }
      if (delay === undefined) {
        if (!answer) throw error;
        calls.set(answer.response, call);
        return answer;
      }
      await onRetry?.({ ...event(), delay, error: error as ConnectionError | undefined });
      if (delay > 0) await abortable<void>(signal, (resolve) => after(Number(delay), resolve));
    }
  };
}
