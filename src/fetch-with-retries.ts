import { abortable, sleep, throwIfAborted } from "./abort.js";
import type { CallDetails } from "./call-details.js";
import { ConnectionError, InvalidArgumentError, InvalidResponseError, RequestError } from "./errors.js";
import { readResponse } from "./read-response.js";
import { parseRetryAfter } from "./retry-after.js";
import { delayBefore, isRetryable, isSafe, type RetryOptions, retryPolicy } from "./retry-policy.js";
import { idHeader, sendOnce, type Transport } from "./send-once.js";
import { createAuth, type TokenProvider } from "./token.js";
import { validate } from "./validate-value.js";

/** The options of a client that decide how a request is sent. */
export interface ReliableFetchOptions {
  /**
   * The IAM token, or a function that returns one, called before each attempt. White space around a token is removed.
   *
   * @default none: `headers` or a middleware sets `Authorization`
   */
  token?: string | TokenProvider;
  /**
   * How long one attempt may take, from calling the token function to the end of the body, in whole milliseconds, from 1.
   * Values above 2 147 483 647 are clamped.
   *
   * @default 60_000
   */
  timeout?: number | undefined;
  /** When a request is sent again. `false` turns retries off, except the one after a 401 when `token` is a function. */
  retry?: RetryOptions | false | undefined;
  /**
   * The largest body of a 2xx response, in bytes, from 1. A larger one is an {@link InvalidResponseError}.
   *
   * @default 16_777_216, that is 16 MiB
   */
  maxResponseSize?: number | undefined;
  /** Called and awaited after every response, for at most `timeout` milliseconds. An error from it ends the call. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called and awaited before every retry, for at most `timeout` milliseconds. An error from it ends the call. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** A response that was received, with any status. */
export interface ResponseEvent {
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** How many times the request was sent, this time included. */
  readonly attempt: number;
  readonly status: number;
  /** The `x-client-request-id` of the request. */
  readonly clientRequestId: string | undefined;
  /** The `x-request-id` of the response. */
  readonly requestId: string | undefined;
  /** From calling the token function to the end of the body, in milliseconds. */
  readonly duration: number;
}

/** An attempt that failed and will be repeated. */
export interface RetryEvent extends Omit<ResponseEvent, "status"> {
  /** The wait before the next attempt, in milliseconds. */
  readonly delay: number;
  /** The status of the response; undefined when no usable response was received. */
  readonly status: number | undefined;
  /** The failure, when no usable response was received; undefined when there is a status. */
  readonly error: ConnectionError | undefined;
}

/**
 * Sends a request, and fills in the details of its call.
 *
 * @param signals any of them ends the call; by default, the signal of the request
 */
export type FetchWithRetries = (
  request: Request,
  call: CallDetails,
  transport: Transport & { readonly isHeld?: boolean },
  signals?: readonly AbortSignal[],
) => Promise<Response>;

/**
 * Creates the function that sends a request, with a token, time limits and retries. Its responses have been read to the
 * end, and it does not throw for a status.
 *
 * @param origin the only origin that requests may go to
 * @param isRepeatable whether a request with this method may be sent again after a failure
 * @throws {InvalidArgumentError} when an option is invalid
 */
export function createFetchWithRetries(
  origin: string,
  options: ReliableFetchOptions & Transport,
  isRepeatable: (method: string) => boolean = isSafe,
): FetchWithRetries {
  const { timeout = 60_000, maxResponseSize = 2 ** 24, onResponse, onRetry } = options;
  validate("timeout", timeout, { type: "integer", minimum: 1, maximum: Infinity });
  validate("maxResponseSize", maxResponseSize, { type: "integer", minimum: 1, maximum: Infinity });
  const policy = retryPolicy(options.retry);
  const authOf = createAuth(options);

  return async (request, call, transport, signals = [request.signal]) => {
    const { method, url } = request;
    if (!url.startsWith(`${origin}/`)) {
      const problem = `must have the client's origin ${origin}, but a request has another one`;
      throw new InvalidArgumentError("baseUrl", problem, call);
    }
    const auth = authOf(call);
    const sending = { isHeld: true, ...transport, request, id: request.headers.get(idHeader) ?? undefined };
    const path = url.slice(origin.length).replace(/[?#].*/s, "");
    Object.assign(call, { method, path, attempts: 0, redact: auth.redact });

    for (let failures = 0; ; ) {
      call.attempts += 1;
      const started = performance.now();
      let place = " in the token function";
      let cancel: (() => void) | undefined;
      const attempt = async (signal: AbortSignal) => {
        const token = await auth.getToken(signal);
        signal.throwIfAborted();
        place = "";
        const received = await sendOnce(sending, call, token, signal);
        if (received instanceof RequestError) return received;
        return await readResponse(call, received, maxResponseSize, (cancelBody) => {
          cancel = cancelBody;
          if (signal.aborted) cancel();
        });
      };
      const outcome = await abortable(signals, timeout, attempt, () => place).catch((reason: unknown) => {
        cancel?.();
        throwIfAborted(signals);
        if (reason instanceof DOMException && reason.name === "TimeoutError") return new ConnectionError(call, reason);
        throw reason;
      });
      const [response, error] = outcome instanceof RequestError ? [undefined, outcome] : [outcome, undefined];
      if (response?.ok && !onResponse) return response;

      const event = {
        method,
        path: auth.redact(path),
        attempt: call.attempts,
        clientRequestId: call.clientRequestId,
        requestId: error ? error.requestId : auth.redact(response?.headers.get("x-request-id") ?? "") || undefined,
        duration: performance.now() - started,
      };
      /** Calls a callback of the caller's, which must settle in time. */
      const report = (name: string, run: () => unknown) => {
        const place = () => ` in ${name} of ${method} ${event.path}`;
        return abortable(signals, timeout, async () => run(), place);
      };
      const status = error instanceof InvalidResponseError ? error.status : response?.status;
      if (onResponse && status !== undefined) await report("onResponse", () => onResponse({ ...event, status }));

      let delay: number | undefined;
      if (response?.status === 401 && auth.renew()) {
        delay = 0;
      } else if (error instanceof ConnectionError || (response && isRetryable(response.status))) {
        failures += 1;
        if (isRepeatable(method)) delay = delayBefore(policy, failures, parseRetryAfter(response?.headers));
      }
      if (delay === undefined) {
        if (response) return response;
        throw error;
      }
      if (onRetry) {
        const failure = error instanceof ConnectionError ? error : undefined;
        await report("onRetry", () => onRetry({ ...event, delay, status: response?.status, error: failure }));
      }
      if (delay > 0) await sleep(delay, signals);
    }
  };
}
