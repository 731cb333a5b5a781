import { type ClientOptions, createClient, type ListBackupsParams, listBackups } from "../../src/index.js";
import { TestClock } from "./clock.js";
import { clusterId, path } from "./description.js";
import { type Handler, respond, serve } from "./server.js";

/** Responds with a status and a `Retry-After`. */
export const retryAfter =
  (value: string, status = 503): Handler =>
  (_request, response) =>
    respond(response, status, { code: 14 }, { "content-type": "application/json", "retry-after": value });
export const unauthorized: Handler = (_request, response) => respond(response, 401, { code: 16 });
export const busy: Handler = (_request, response) => respond(response, 503, { code: 14, message: "busy" });

/** Handles each request with the next of these. */
export const inTurn =
  (...handlers: Handler[]): Handler =>
  (request, response, index) =>
    (handlers[index] ?? ((_, late) => respond(late, 400, { code: 3, message: "a request too many" })))(
      request,
      response,
      index,
    );

export const page =
  (body: unknown): Handler =>
  (_request, response) =>
    respond(response, 200, body);
export const silent: Handler = () => {};

/** A client for a server, on a clock on which waits take no time. */
export async function setUp(handler: Handler, options: ClientOptions = {}) {
  const server = await serve(handler);
  const clock = new TestClock();
  const client = createClient(clock.options({ token: "t", baseUrl: server.url, ...options }));
  const list = (params: Partial<ListBackupsParams> = {}) => listBackups(client, { clusterId, ...params });
  const get = (signal?: AbortSignal) =>
    client.GET(path, { params: { path: { clusterId } }, ...(signal && { signal }) });
  return { server, clock, client, list, get };
}
