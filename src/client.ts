import createOpenapiClient, {
  type Client,
  type Middleware,
  type ClientOptions as OpenapiFetchOptions,
} from "openapi-fetch";
import { abortable } from "./abort.js";
import { type CallDetails, detailsOf } from "./call-details.js";
import { type Description, description, type paths } from "./description.js";
import { createFetchWithRetries, type ReliableFetchOptions } from "./fetch-with-retries.js";
import { packageName } from "./package-name.js";
import type { Fetch } from "./send-once.js";
import { readOptions, validateBaseUrl, validateHeaders, validateKinds } from "./validate-options.js";
import { findOperation, type NamedOperation, type ParameterValues, validateParameters } from "./validate-parameters.js";

/** An openapi-fetch client for the API: `client.GET(path, { params })`, middleware, and all the rest of openapi-fetch. */
export type ManagedMysqlClient = Client<paths>;

/** A client that a listing can use: one of this package, or a plain openapi-fetch client, which sends each request once. */
export type ListingClient = Pick<Client<paths>, "GET">;

/** The options of openapi-fetch's `createClient`, those of a `Request`, and those that decide how a request is sent. */
export interface ClientOptions
  extends Omit<OpenapiFetchOptions, "baseUrl" | "fetch" | "headers">,
    ReliableFetchOptions {
  /**
   * The base URL of the API. A token travels with each request, so `http:` is allowed on a loopback address only.
   *
   * @default the first server of the description
   */
  baseUrl?: string | undefined;
  /**
   * Sends a request, with its token, once. It is called for each attempt.
   *
   * @default globalThis.fetch, looked up at each request
   */
  fetch?: Fetch | undefined;
  /** Headers of each request, also after a redirect to another origin. Those that are undefined or null are left out. */
  headers?: OpenapiFetchOptions["headers"] | undefined;
}

/** The option of a call with which a listing hands a page to a client of this package. */
export const pageOption: unique symbol = Symbol.for(`${packageName}.page`);

/** A page of a listing, whose operation has been found and whose parameters have been validated. */
export interface PageCall {
  readonly operation: NamedOperation;
  readonly details: CallDetails;
  /** The signals that the caller gave. */
  readonly signals: readonly AbortSignal[];
  /** Ends the call when an iteration is left. */
  readonly stop: AbortSignal | undefined;
}

/** The signal of each client of this package, by its `GET` method, which a copy of the client shares. */
const clientSignals = new WeakMap<object, AbortSignal | undefined>();

/** Whether it is a client of this package, and its signal. */
export function clientOf({ GET }: ListingClient): { isOurs: boolean; signal: AbortSignal | undefined } {
  return { isOurs: clientSignals.has(GET), signal: clientSignals.get(GET) };
}

/** The options of a call, with the types that all operations share. */
interface CallOptions {
  params?: ParameterValues;
  baseUrl?: string;
  body?: unknown;
  headers?: OpenapiFetchOptions["headers"];
  fetch?: Fetch;
  middleware?: readonly Middleware[];
  signal?: AbortSignal | null;
  [pageOption]?: PageCall;
}

type Call = (method: string, path: string, options?: CallOptions) => Promise<{ error?: unknown; response: Response }>;

/**
 * Creates an openapi-fetch client. Parameters are validated against the description before anything is sent, and a GET
 * that fails for a temporary reason is sent again. As openapi-fetch does, a method returns neither `data` nor `error` for
 * a 2xx response without a body.
 *
 * @example
 * const client = createClient({ token: async () => "t1.…" });
 *
 * @throws {InvalidArgumentError} when an option is invalid. The methods do not throw for a status. They reject with an
 *   {@link InvalidArgumentError} for a parameter or a token that cannot be sent, or a `fetch` that returns no unread
 *   Response; a {@link TokenError} when the token function throws; a {@link ConnectionError} when no usable response is
 *   received; an {@link InvalidResponseError} when a 2xx response is too large or not JSON; the signal's own reason when
 *   it aborts; and any error from your middleware, callbacks or `fetch`.
 */
export function createClient(options: ClientOptions = {}): ManagedMysqlClient {
  return createClientFor<paths>(description, options);
}

/** {@link createClient}, for any description. */
export function createClientFor<Paths extends object>(api: Description, given: ClientOptions = {}): Client<Paths> {
  const options = readOptions(given);
  const { token, timeout, retry, maxResponseSize, onResponse, onRetry, fetch: clientFetch, ...rest } = options;
  const { baseUrl: url = api.server, headers: clientHeaders, signal: clientSignal, requestInitExt, ...defaults } = rest;
  const baseUrl = validateBaseUrl(url);
  const headers = validateHeaders(clientHeaders);
  const send = createFetchWithRetries(new URL(baseUrl).origin, options);
  const client = createOpenapiClient<Paths>({
    ...defaults,
    baseUrl,
    headers,
    ...(requestInitExt && { requestInitExt }),
  });
  const request = client.request as Call;
  const { use } = client;
  let hasMiddleware = false;

  const call: Call = async (method, givenPath, givenOptions = {}) => {
    const { [pageOption]: page, signal = clientSignal, fetch: callFetch = clientFetch, ...options } = givenOptions;
    if (!page) validateKinds(givenOptions, true);
    const path = String(givenPath); // the path that is validated is the one that is sent
    if (options.baseUrl) options.baseUrl = validateBaseUrl(options.baseUrl);
    const operation = page?.operation ?? findOperation(api, method, path);
    const params = page ? options.params : validateParameters(operation, options.params);
    const type = operation.contentType && options.body !== undefined ? { "Content-Type": operation.contentType } : {};
    const headers = { ...type, ...(options.headers && validateHeaders(options.headers)) };
    const details = page?.details ?? detailsOf(method, path);
    details.isClassified = true;

    const signals = page?.signals ?? (signal ? [signal] : []);
    const all = page?.stop ? [...signals, page.stop] : signals;
    // A middleware holds the Request, and can replace it by one with another signal, or without one.
    const isHeld = hasMiddleware || options.middleware !== undefined;
    const fetch = (sent: Request, requestInitExt?: RequestInit) => {
      const transport = { fetch: callFetch, requestInitExt, isHeld };
      return send(sent, details, transport, isHeld ? [...all, sent.signal] : all);
    };
    // openapi-fetch sets options that it does not know on the Request, but only those of a call.
    const init = { ...operation.options, ...defaults, ...options, ...(params && { params }), headers, fetch };
    // A Request that follows a signal costs more than the rest of an abort, so only a middleware gets one.
    const run = (bound?: AbortSignal) => request(method, path, bound && isHeld ? { ...init, signal: bound } : init);
    const result = await (all.length > 0 ? abortable(all, undefined, run) : run());
    // For a response without a body, openapi-fetch leaves `error` empty.
    if (!result.response.ok) result.error ||= { message: "The response has no body" };
    return result;
  };

  const methods = Object.keys(client).filter((name) => /^[A-Z]+$/.test(name));
  const calls = methods.map(
    (method) => [method, (path: string, options?: CallOptions) => call(method, path, options)] as const,
  );
  for (const [, method] of calls) clientSignals.set(method, clientSignal ?? undefined);
  return Object.assign(client, {
    request: (method: string, path: string, options?: CallOptions) => call(method.toUpperCase(), path, options),
    ...Object.fromEntries(calls),
    use: (...middleware: Middleware[]) => {
      hasMiddleware = true;
      use(...middleware);
    },
  });
}
