import createOpenapiClient, { type Client, createQuerySerializer } from "openapi-fetch";
import type { CallOptions } from "./attempt.js";
import { type Send, sender } from "./call.js";
import { systemTimer, type Timer } from "./clock.js";
import { checkBaseUrl } from "./endpoint.js";
import type { ClientOptions } from "./options.js";
import { checkHeaders } from "./parameters.js";
import { type paths, server } from "./schema.js";

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
  return createClientWith(systemTimer, options);
}

/** {@link createClient}, on another timer. */
export function createClientWith(after: Timer, options: ClientOptions): ManagedMysqlClient {
  const { baseUrl = server, headers } = options;
  checkHeaders(headers);
  const serialize = createQuerySerializer<Record<string, unknown>>();
  const client = createOpenapiClient<paths>({
    baseUrl: checkBaseUrl(baseUrl),
    headers: { ...headers },
    querySerializer: (query) =>
      serialize(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""))),
  });

  const send = sender(after, options, client.request as Send);
  const methods: Record<string, unknown> = {
    request: (method: string, path: string, init?: CallOptions) => send(method.toUpperCase(), path, init),
  };
  // Those that the description does not use too: one that went around all this would have no token, and no end.
  for (const method of Object.keys(client).filter((name) => /^[A-Z]+$/.test(name))) {
    methods[method] = (path: string, init?: CallOptions) => send(method, path, init);
  }
  return Object.assign(client, methods);
}
