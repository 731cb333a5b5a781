import createOpenapiClient, { type Client, createQuerySerializer } from "openapi-fetch";
import type { Answer, CallOptions, Fetch } from "./attempt.js";
import { type ResponseEvent, type RetryEvent, type Settings, send } from "./call.js";
import { type Clock, systemClock } from "./clock.js";
import { checkBaseUrl } from "./endpoint.js";
import { checkHeaders, isAbsent } from "./parameters.js";
import { checkRange, type RetryOptions, retryPolicy } from "./retry.js";
import { type paths, server } from "./schema.js";
import { type TokenProvider, tokenSource } from "./token.js";

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
   * How long one attempt may take, from asking for the token to the end of the body, in milliseconds, from 1. What is
   * above 2 147 483 647, as Infinity is, sets no end. With `parseAs: "stream"` it ends where the body begins.
   *
   * @default 60_000
   */
  timeout?: number | undefined;
  /** When a GET is sent again; `false` for never, but for the once that follows a 401 when `token` is a function. */
  retry?: RetryOptions | false | undefined;
  /**
   * The largest body to read, in bytes, from 1: a larger one of a 2xx answer is an {@link InvalidResponseError}, and
   * that of a failure is cut off there. A body that is read with `parseAs: "stream"` is not counted.
   *
   * @default 67_108_864, that is 64 MiB
   */
  maxResponseSize?: number | undefined;
  /** Is told of each answer, a 2xx that cannot be used too, and waited for. What it throws ends the call. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Is told of each failure that is about to be tried again, and waited for. What it throws ends the call. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** openapi-fetch's way to send any request, with the types that all of them share. */
type Request = (method: string, path: string, init?: CallOptions) => Promise<Answer>;

/** A typed client: `client.GET(path, { params })` for each operation of the description. */
export type ManagedMysqlClient = Client<paths>;

/**
 * Makes a client for the API. Its methods are those of openapi-fetch: they answer `{ data, error, response }` whatever
 * the status is. Parameters are checked against the description before anything is sent, and a GET that fails for a
 * passing reason is sent again.
 *
 * @example
 * const client = createClient({ token: async () => "t1.…" });
 *
 * @throws {InvalidArgumentError} when an option cannot be used. The methods reject with that, too, for a parameter or
 *   a token that cannot be sent; with a {@link TokenError} when the token function fails; with a
 *   {@link ConnectionError} when no usable answer comes; with an {@link InvalidResponseError} when a 2xx answer is not
 *   JSON or too large; and with the signal's own reason when it aborts.
 */
export function createClient(options: ClientOptions): ManagedMysqlClient {
  return createClientWith(systemClock, options);
}

/** {@link createClient}, on another clock. */
export function createClientWith(clock: Clock, options: ClientOptions): ManagedMysqlClient {
  const timeout = checkRange("timeout", options.timeout ?? 60_000, 1, Number.POSITIVE_INFINITY);
  const settings: Settings = {
    clock,
    timeout,
    tokens: tokenSource(options.token),
    retry: retryPolicy(options.retry),
    maxResponseSize: checkRange("maxResponseSize", options.maxResponseSize ?? 2 ** 26, 1, Number.POSITIVE_INFINITY),
    fetch: options.fetch,
    onResponse: options.onResponse,
    onRetry: options.onRetry,
  };
  checkHeaders(options.headers);
  const serialize = createQuerySerializer<Record<string, unknown>>();
  const client = createOpenapiClient<paths>({
    baseUrl: checkBaseUrl(options.baseUrl ?? server),
    headers: { ...options.headers },
    querySerializer: (query) => serialize(Object.fromEntries(Object.entries(query).filter(([, v]) => !isAbsent(v)))),
  });

  const once = client.request as Request;
  const request: Request = (method, path, init = {}) =>
    send(settings, method.toUpperCase(), path, init, (own) => once(method, path, own));
  // Those that the description does not use too: one that went around all this would have no token, and no end.
  const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].map((method) => [
    method,
    (path: string, init?: CallOptions) => request(method, path, init),
  ]);
  return Object.assign(client, Object.fromEntries(methods), { request });
}
