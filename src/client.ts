import createOpenapiClient, { type Client, type ClientOptions as OpenapiFetchOptions } from "openapi-fetch";
import { abortable } from "./abort.js";
import { operationOf, type paths, server } from "./description.js";
import { type CallDetails, detailsOf } from "./errors.js";
import { createReliableFetch, type ReliableFetchOptions } from "./fetch-with-retries.js";
import type { Fetch } from "./send-once.js";
import { validateBaseUrl, validateHeaders } from "./validate-options.js";
import { type ParameterValues, validateParameters } from "./validate-parameters.js";

/** An openapi-fetch client for the API: `client.GET(path, { params })`, middleware, and all the rest of openapi-fetch. */
export type ManagedMysqlClient = Client<paths>;

/** A client that a listing can use: one of this package, or a plain openapi-fetch client, which sends each request once. */
export type ListingClient = Pick<Client<paths>, "GET">;

/** The options of openapi-fetch's `createClient`, those of a `Request`, and how a request is sent. */
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
   * Sends a request, with its token, once. It can be called several times in a call.
   *
   * @default globalThis.fetch, looked up at each request
   */
  fetch?: Fetch | undefined;
  /** Headers of each request. A header that is undefined or null is left out. They follow a redirect to another origin. */
  headers?: OpenapiFetchOptions["headers"] | undefined;
}

/** The option of a call that takes an object for its details, which paging needs for its errors. */
export const callDetails: unique symbol = Symbol.for("managed-mysql-client.callDetails");

/** The options of a call, with the types that all operations share. */
interface CallOptions {
  params?: ParameterValues;
  baseUrl?: string;
  body?: unknown;
  headers?: OpenapiFetchOptions["headers"];
  fetch?: Fetch;
  signal?: AbortSignal | null;
  [callDetails]?: CallDetails;
}

type Call = (method: string, path: string, options?: CallOptions) => Promise<{ error?: unknown; response: Response }>;

/**
 * Creates an openapi-fetch client. Parameters are validated against the description before anything is sent, and a GET
 * that fails for a temporary reason is sent again.
 *
 * @example
 * const client = createClient({ token: async () => "t1.…" });
 *
 * @throws {InvalidArgumentError} when an option is invalid. The methods throw for no status. They reject with an
 *   {@link InvalidArgumentError} for a parameter or a token that cannot be sent; a {@link TokenError} when the token
 *   function throws; a {@link ConnectionError} when no usable response is received; an {@link InvalidResponseError} when
 *   a 2xx response is too large or not JSON; the signal's own reason when it aborts; and whatever a middleware, a
 *   callback or a `fetch` of yours throws.
 */
export function createClient(options: ClientOptions = {}): ManagedMysqlClient {
  const { token, timeout, retry, maxResponseSize, onResponse, onRetry, fetch: clientFetch, ...rest } = options;
  const { baseUrl: url = server, headers: clientHeaders, signal: clientSignal, requestInitExt, ...defaults } = rest;
  const baseUrl = validateBaseUrl(url);
  const headers = validateHeaders(clientHeaders);
  const send = createReliableFetch(new URL(baseUrl).origin, options);
  const client = createOpenapiClient<paths>({
    ...defaults,
    baseUrl,
    headers,
    ...(requestInitExt && { requestInitExt }),
  });
  const request = client.request as Call;

  const call: Call = async (method, givenPath, { signal = clientSignal, fetch: callFetch, ...callOptions } = {}) => {
    const path = String(givenPath); // what is validated is what is sent
    if (callOptions.baseUrl) callOptions.baseUrl = validateBaseUrl(callOptions.baseUrl);
    const params = validateParameters(method, path, callOptions.params);
    const { options: described, contentType } = operationOf(method, path) ?? {};
    const type = contentType && callOptions.body !== undefined ? { "Content-Type": contentType } : {};
    const headers = { ...type, ...validateHeaders(callOptions.headers) };
    const details = Object.assign(callOptions[callDetails] ?? {}, detailsOf(method, path), { isClassified: true });
    const fetch: Fetch = (request, requestInitExt) =>
      send(request, details, (copy) => (callFetch ?? clientFetch ?? globalThis.fetch)(copy, requestInitExt));
    // openapi-fetch sets options that it does not know on the Request, but only those of a call.
    const init = { ...described, ...defaults, ...callOptions, params, headers, fetch };
    const result = signal
      ? await abortable([signal], undefined, (signal) => request(method, path, { ...init, signal }))
      : await request(method, path, init);
    // openapi-fetch leaves it empty when there is no body.
    if (!result.response.ok) result.error ||= { message: "The response has no body" };
    return result;
  };

  const methods = Object.keys(client).filter((name) => /^[A-Z]+$/.test(name));
  return Object.assign(client, {
    request: (method: string, path: string, options?: CallOptions) => call(method.toUpperCase(), path, options),
    ...Object.fromEntries(
      methods.map((method) => [method, (path: string, options?: CallOptions) => call(method, path, options)]),
    ),
  });
}
