import type { Client, FetchResponse, ParamsOption, RequestBodyOption } from "openapi-fetch";
import type { Answer } from "./attempt.js";
import { sender } from "./call.js";
import { systemTimer, type Timer } from "./clock.js";
import type { ClientOptions } from "./options.js";
import type { CallOptions, FetchOptions } from "./request.js";
import { methods, type paths } from "./schema.js";

type Verb = "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
type PathsWith<Method extends Verb> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, unknown> ? Path : never;
}[keyof paths];

type Init<Path extends keyof paths, Method extends Verb> = ParamsOption<paths[Path][Method]> &
  RequestBodyOption<paths[Path][Method]> &
  FetchOptions;

/**
 * A typed client: `client.GET(path, { params })`, and so for each method that the description has. The methods are as
 * openapi-fetch's, and answer `{ data, error, response }` whatever the status is.
 */
export type ManagedMysqlClient = {
  readonly [Method in Verb as [PathsWith<Method>] extends [never] ? never : Uppercase<Method>]: <
    Path extends PathsWith<Method>,
  >(
    path: Path,
    ...init: object extends Init<Path, Method> ? [Init<Path, Method>?] : [Init<Path, Method>]
  ) => Promise<FetchResponse<paths[Path][Method] & object, object, `${string}/${string}json`>>;
};

/**
 * A client that a listing can ask: one of this package, or a plain one of openapi-fetch, which sends each request once.
 * To call one yourself, take a {@link ManagedMysqlClient}.
 */
export type ListingClient = Pick<ManagedMysqlClient, "GET"> | Pick<Client<paths>, "GET">;

/**
 * Makes a client for the API. Parameters are checked against the description before anything is sent, and a GET that
 * fails for a passing reason is sent again.
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
  return createClientWith(systemTimer, options);
}

/** {@link createClient}, on another timer. */
export function createClientWith(after: Timer, options: ClientOptions): ManagedMysqlClient {
  const send = sender(after, options);
  const client: Record<string, (path: string, init?: CallOptions) => Promise<Answer>> = {};
  for (const method of methods) client[method] = (path, init) => send(method, path, init);
  return client as ManagedMysqlClient;
}
