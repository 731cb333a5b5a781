import { abortable, sleep } from "./abort.js";
import {
  type CallDetails,
  ConnectionError,
  InvalidArgumentError,
  InvalidResponseError,
  RequestError,
} from "./errors.js";
import { readResponse } from "./read-response.js";
import { parseRetryAfter } from "./retry-after.js";
import { delayBefore, isRetryable, isSafe, type RetryOptions, retryPolicy } from "./retry-policy.js";
import { type Fetch, send } from "./send-once.js";
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
  /** Called and awaited after every response, for at most `timeout` milliseconds. What it throws ends the call. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called and awaited before every retry, for at most `timeout` milliseconds. What it throws ends the call. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** A response that was received, whatever its status. */
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
  /** Why no usable response was received; undefined when there is a status. */
  readonly error: ConnectionError | undefined;
}

/** Sends a request with the given `fetch`, and fills in the details of its call. */
export type ReliableFetch = (request: Request, details: CallDetails, fetch: Fetch) => Promise<Response>;

/**
 * Creates the function that sends a request, with a token, time limits and retries. Its responses have been read to the
 * end, and it throws for no status.
 *
 * @param origin the only origin that requests may go to
 * @param isRepeatable whether a request with this method may be sent again after a failure
 * @throws {InvalidArgumentError} when an option is invalid
 */
export function createReliableFetch(
  origin: string,
  options: ReliableFetchOptions,
  isRepeatable: (method: string) => boolean = isSafe,
): ReliableFetch {
  const { timeout = 60_000, maxResponseSize = 2 ** 24, onResponse, onRetry } = options;
  validate("timeout", timeout, { type: "integer", minimum: 1, maximum: Infinity });
  validate("maxResponseSize", maxResponseSize, { type: "integer", minimum: 1, maximum: Infinity });
  const policy = retryPolicy(options.retry);
  const authOf = createAuth(options, timeout);

  /** Runs a callback of the caller's, which must settle in time. */
  const inTime = (signal: AbortSignal, run: () => unknown) => abortable([signal], timeout, async () => run());

  return async (request, details, fetch) => {
    const { method, signal } = request;
    const path = request.url.slice(origin.length).replace(/[?#].*/s, "");
    if (!request.url.startsWith(`${origin}/`)) {
      throw new InvalidArgumentError(
        "baseUrl",
        `must have the client's origin ${origin}, but a request has another one`,
      );
    }
    const auth = authOf();
    const { redact } = auth;
    Object.assign(details, { method, path, attempts: 0, redact });

    for (let failures = 0; ; ) {
      const started = performance.now();
      let response: Response | undefined;
      let error: RequestError | undefined;
      details.attempts += 1;
      try {
        response = await abortable([signal], timeout, async (bound) => {
          const received = await send(request, details, auth, fetch, bound);
          return await readResponse(details, received, maxResponseSize, bound);
        });
      } catch (reason) {
        signal.throwIfAborted();
        if (reason instanceof RequestError) error = reason;
        else if (reason instanceof DOMException && reason.name === "TimeoutError")
          error = new ConnectionError(details, reason);
        else throw reason;
      }
      const event = () => ({
        method,
        path: redact(path),
        attempt: details.attempts,
        clientRequestId: details.clientRequestId,
        requestId: error ? error.requestId : redact(response?.headers.get("x-request-id") ?? "") || undefined,
        duration: performance.now() - started,
      });
      const status = error instanceof InvalidResponseError ? error.status : response?.status;
      if (onResponse && status !== undefined) await inTime(signal, () => onResponse({ ...event(), status }));

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
        const failure = { status: response?.status, error: error as ConnectionError | undefined };
        await inTime(signal, () => onRetry({ ...event(), delay, ...failure }));
      }
      if (delay > 0) await sleep(delay, signal);
    }
  };
}
