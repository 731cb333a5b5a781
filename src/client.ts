import createOpenapiClient, { type Client, createQuerySerializer } from "openapi-fetch";
import { ConnectionError, InvalidArgumentError, InvalidResponseError } from "./errors.js";
import { callOf, checkParameters, isAbsent, type ParameterValues } from "./parameters.js";
import { type paths, server } from "./schema.js";

/** What a token function is told. */
export interface TokenRequest {
  /** Whether a cached token must not be used, because the server has refused it. */
  readonly forceRefresh: boolean;
  /** Aborts when the request that needs the token does. */
  readonly signal: AbortSignal;
}

/** Gives an IAM token for one request. */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

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
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Headers for each request; one that is undefined or null is left out. */
  headers?: Readonly<Record<string, string | null | undefined>> | undefined;
}

/** A typed client: `client.GET(path, { params })` for each operation of the description. */
export type ManagedMysqlClient = Client<paths>;

/** As much of openapi-fetch's options for one call as every call has. */
interface CallOptions {
  params?: ParameterValues | undefined;
  signal?: AbortSignal | null | undefined;
  fetch?: ClientOptions["fetch"];
}

/**
 * Makes a client for the API. Its methods are those of openapi-fetch: they answer `{ data, error, response }`
 * whatever the status is. Parameters are checked against the description before anything is sent.
 *
 * @example
 * const client = createClient({ token: async () => "t1.…" });
 *
 * @throws {InvalidArgumentError} when an option cannot be used. The methods reject with that, too, for a parameter or
 *   a token that cannot be sent; with a {@link ConnectionError} when no usable answer comes; with an
 *   {@link InvalidResponseError} when a 2xx answer is not JSON; and with the signal's own reason when it aborts.
 */
export function createClient(options: ClientOptions): ManagedMysqlClient {
  const { token } = options;
  if (typeof token !== "function") checkToken(token);
  const serialize = createQuerySerializer<Record<string, unknown>>();
  const client = createOpenapiClient<paths>({
    baseUrl: checkBaseUrl(options.baseUrl ?? server),
    headers: { ...options.headers },
    querySerializer: (query) => serialize(Object.fromEntries(Object.entries(query).filter(([, v]) => !isAbsent(v)))),
  });

  async function authorize(request: Request): Promise<void> {
    checkSafe(request.url);
    const value = typeof token === "function" ? await token({ forceRefresh: false, signal: request.signal }) : token;
    request.headers.set("authorization", `Bearer ${checkToken(value)}`);
  }

  /** What stands around every call: the checks before it, and one class of error for each way that it can fail. */
  async function call<Result>(
    method: string,
    path: string,
    init: CallOptions = {},
    send: (init: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    checkParameters(method, path, init.params);
    const failed = () => callOf(method, path, init.params?.["path"]);
    const fetch = init.fetch ?? options.fetch ?? globalThis.fetch;
    let answered = false;
    const sendOnce = async (signal: AbortSignal | undefined): Promise<Result> => {
      try {
        return await send({
          ...init,
          signal,
          fetch: async (request) => {
            await authorize(request);
            const response = await fetch(request).catch((cause: unknown) => {
              throw new ConnectionError(failed(), cause);
            });
            answered = true;
            return response;
          },
        });
      } catch (error) {
        // Whatever openapi-fetch throws after an answer came was thrown while it read the body.
        if (!answered) throw error;
        if (error instanceof SyntaxError) throw new InvalidResponseError(failed(), "is not JSON", { cause: error });
        throw error instanceof TypeError ? new ConnectionError(failed(), error) : error;
      }
    };
    return await abortable(init.signal, sendOnce);
  }

  const { GET, request } = client;
  client.GET = (path, ...init) => call("GET", path, init[0], (own) => GET(path, ...([own] as typeof init)));
  client.request = (method, path, ...init) =>
    call(method.toUpperCase(), path, init[0], (own) => request(method, path, ...([own] as typeof init)));
  return client;
}

/**
 * Runs a task that ends, with the signal's own reason, as soon as the signal aborts. The task gets a signal of its own:
 * each Request that is made from a signal leaves a listener on it until the garbage is collected, and a caller's
 * signal can live through thousands of requests.
 */
async function abortable<Result>(
  signal: AbortSignal | null | undefined,
  task: (signal: AbortSignal | undefined) => Promise<Result>,
): Promise<Result> {
  if (!signal) return await task(undefined);
  signal.throwIfAborted();
  const controller = new AbortController();
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(signal.reason);
      controller.abort(signal.reason);
    };
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([aborted, task(controller.signal)]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** @throws {InvalidArgumentError} unless requests can go below this URL; returns it without slashes at the end */
function checkBaseUrl(value: string): string {
  if (!URL.canParse(value)) {
    throw new InvalidArgumentError("baseUrl", `must be an absolute URL, but is ${JSON.stringify(value)}`);
  }
  const url = checkSafe(value);
  if (url.username || url.password)
    throw new InvalidArgumentError("baseUrl", "must not hold a user name or a password");
  if (url.search || url.hash)
    throw new InvalidArgumentError("baseUrl", `must end with its path, but has ${url.search}${url.hash}`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** @throws {InvalidArgumentError} unless a token may be sent to this URL */
function checkSafe(value: string): URL {
  const url = new URL(value);
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback)) return url;
  const rule = "must be https:, or http: on a loopback address, because a token is sent to it";
  throw new InvalidArgumentError("baseUrl", `${rule}, but is ${url.protocol}//${url.host}`);
}

/** @throws {InvalidArgumentError} never with the token in it, unless the token can stand in a header */
function checkToken(value: unknown): string {
  if (typeof value !== "string") throw new InvalidArgumentError("token", `must be a string, but is ${typeof value}`);
  const token = value.trim();
  if (token === "") throw new InvalidArgumentError("token", "must not be empty");
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InvalidArgumentError("token", "must be visible ASCII characters without a space between them");
  }
  return token;
}
