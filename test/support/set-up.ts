import { type ClientOptions, createClient, type ListBackupsParams, listBackups } from "../../src/index.js";
import { TestClock } from "./clock.js";
import { clusterId, path } from "./description.js";
import { answer, type Handler, serve } from "./server.js";

/** Asks for a wait. */
export const retryAfter =
  (value: string, status = 503): Handler =>
  (_request, response) =>
    answer(response, status, { code: 14 }, { "content-type": "application/json", "retry-after": value });
export const busy: Handler = (_request, response) => answer(response, 503, { code: 14, message: "busy" });

/** Answers these one after the other. */
export const inTurn =
  (...handlers: Handler[]): Handler =>
  (request, response, index) =>
    (handlers[index] ?? ((_, late) => answer(late, 400, { code: 3, message: "a request too many" })))(
      request,
      response,
      index,
    );

export const page =
  (body: unknown): Handler =>
  (_request, response) =>
    answer(response, 200, body);
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
