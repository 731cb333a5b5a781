// What a client can be told, and what it tells of: types only.
import type { ConnectionError } from "./errors.js";
import type { RetryOptions } from "./retry.js";
import type { TokenProvider } from "./token.js";

export type Fetch = (request: Request) => Promise<Response>;

export interface ClientOptions {
  /** The IAM token, or a function that is asked for one before each request. White space around it is cut off. */
  token: string | TokenProvider;
  /**
   * Where the API is. A token travels with each request, so `http:` is allowed on a loopback address only.
   *
   * @default the description's first server
   */
  baseUrl?: string | undefined;
  /**
   * Sends the requests.
   *
   * @default globalThis.fetch, looked up at each request
   */
  fetch?: Fetch | undefined;
  /**
   * Headers for each request; one that is undefined or null is left out, and `authorization` is the token's. Unlike that,
   * they follow a redirect to another origin.
   */
  headers?: Readonly<Record<string, string | null | undefined>> | undefined;
  /**
   * How long one attempt may take, from asking for the token to the end of the body, in whole milliseconds, from 1. What
   * is above 2 147 483 647, as Infinity is, counts as that: 24 days.
   *
   * @default 60_000
   */
  timeout?: number | undefined;
  /** When a GET is sent again; `false` for never, but for the once that follows a 401 when `token` is a function. */
  retry?: RetryOptions | false | undefined;
  /**
   * The largest body to read, in bytes, from 1: a larger one of a 2xx answer is an {@link InvalidResponseError}, and
   * that of a failure is left out.
   *
   * @default 67_108_864, that is 64 MiB
   */
  maxResponseSize?: number | undefined;
  /** Is told of each answer, a 2xx that cannot be used too, and waited for. What it throws ends the call. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Is told of each failure that is about to be tried again, and waited for. What it throws ends the call. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

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
