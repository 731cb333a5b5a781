// Responses, bodies and functions that break the rules. Those of servers and networks are in faults.test.ts.
import { expect, test, vi } from "vitest";
import { createClient, listBackups } from "../src/index.js";
import { clusterId, params, path } from "./support/description.js";
import { deferred, reasonOf } from "./support/promises.js";
import { respond, serve } from "./support/server.js";
import { page, setUp } from "./support/set-up.js";

const error = (listing: { toArray(): Promise<unknown> }): Promise<unknown> => reasonOf(listing.toArray());

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

test("JSON that is nested too deep does not change the class of the error", async () => {
  const send = (status: number, body: string) => setUp((_request, response) => respond(response, status, body));
  expect(await error((await send(200, deep)).list())).toMatchObject({ name: "InvalidResponseError" });
  expect(await error((await send(503, deep)).list())).toMatchObject({ name: "ApiError", status: 503, attempts: 4 });
  const details = `{"code":3,"details":[${deep}]}`;
  expect(await error((await send(400, details)).list())).toMatchObject({ name: "ApiError", status: 400 });
  expect(await (await send(400, details)).get()).toMatchObject({
    error: expect.stringMatching(/^\{"code":3,"details":\[\[/),
    response: { status: 400 },
  });
});

test("JSON whose details have a type that is not a text is an ApiError", async () => {
  const body = '{"code":3,"details":[{"@type":{"toString":1,"valueOf":1}}]}';
  const { list } = await setUp((_request, response) => respond(response, 400, body));
  expect(await error(list())).toMatchObject({ name: "ApiError", requestId: undefined });
});

const token = "marked-0123456789-token";

test("a header whose redaction would break JSON does not keep other fields from being redacted", async () => {
  const headers = { "x-request-id": '-----BEGIN A-----"', "x-server-trace-id": token };
  const fetch = async () => new Response("{}", { status: 400, headers });
  const failure = await error(listBackups(createClient({ token, fetch }), { clusterId }));
  expect(failure).toMatchObject({ name: "ApiError", traceId: "[redacted]", retryAfter: undefined });
  expect(Object.keys(failure as object)).not.toContain("0");
});

test("a response whose status a Response cannot be constructed with is returned all the same", async () => {
  const { get } = await setUp(page({}), {
    fetch: async () => Object.defineProperty(new Response(null, { status: 404 }), "status", { value: 101 }),
  });
  expect((await get()).response.status).toBe(101);
});

test.each([
  ["a value without a prototype", Object.create(null)],
  [
    "an error with a field that throws",
    Object.defineProperty(new Error("trap"), "field", { get: () => JSON.parse("{") }),
  ],
  ["a text", "text"],
])("a token function that throws %s ends in a TokenError", async (_, thrown) => {
  const { list } = await setUp(page({}), { token: () => Promise.reject(thrown) });
  expect(await error(list())).toMatchObject({ name: "TokenError" });
});

/** A body that gives these chunks, and does not end. */
const stalled = (onCancel: () => void, ...chunks: string[]) =>
  new ReadableStream({
    start: (controller) => chunks.forEach((chunk) => void controller.enqueue(new TextEncoder().encode(chunk))),
    cancel: onCancel,
  });

test("a fetch gets a signal that aborts when the attempt times out, and its body is cancelled", async () => {
  let cancelled = 0;
  const signals: AbortSignal[] = [];
  const fetch = async (request: Request) => {
    signals.push(request.signal);
    return new Response(stalled(() => void cancelled++, "{"));
  };
  const client = createClient({ token: "t", fetch, timeout: 20, retry: { attempts: 2, minDelay: 0 } });
  expect(await error(listBackups(client, { clusterId }))).toMatchObject({ name: "ConnectionError", attempts: 2 });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  await expect.poll(() => cancelled).toBe(2);
});

test("a fetch may return a body that cannot be cancelled", async () => {
  const stuck = async () => new Response(stalled(() => Promise.reject(new Error("no")), "x".repeat(1000)));
  const { list } = await setUp(page({}), { fetch: stuck, maxResponseSize: 100 });
  expect(await error(list())).toMatchObject({ name: "InvalidResponseError" });
});

test("a run time without crypto sends requests without an id", async () => {
  vi.stubGlobal("crypto", undefined);
  const { list, server } = await setUp(page({}));
  expect(await list().toArray()).toEqual([]);
  expect(server.requests[0]?.headers).not.toHaveProperty("x-client-request-id");
});

test("a call that was aborted sends nothing when its token comes late", async () => {
  const fetch = vi.fn(async () => Response.json({}));
  const { promise: late, resolve: give } = deferred<string>();
  const controller = new AbortController();
  const call = createClient({ token: () => late, fetch }).GET(path, { params, signal: controller.signal });
  controller.abort("stop");
  await expect(call).rejects.toBe("stop");
  give("t");
  await new Promise(setImmediate); // everything that follows from the token has happened then
  expect(fetch).not.toHaveBeenCalled();
});

test("a call that was aborted cancels a response that comes late", async () => {
  const { promise: late, resolve: give } = deferred<Response>();
  const fetch = vi.fn(() => late);
  const client = createClient({ token: "t", fetch });
  const controller = new AbortController();
  const call = client.GET(path, { params, signal: controller.signal });
  await expect.poll(() => fetch.mock.calls.length).toBe(1);
  controller.abort("stop");
  await expect(call).rejects.toBe("stop");
  const cancel = vi.fn();
  give(new Response(new ReadableStream({ cancel })));
  await expect.poll(() => cancel.mock.calls.length).toBe(1);
});

test("an error names the request id that was sent, not that of an attempt whose token came too late", async () => {
  const { promise: late, resolve: give } = deferred<string>();
  const token = vi.fn(() => "t" as string | Promise<string>).mockReturnValueOnce(late);
  const { list, clock, server } = await setUp(
    (_request, response) => {
      give("t");
      setImmediate(() => respond(response, 400, { code: 3 })); // everything that follows from the token has happened then
    },
    { token },
  );
  const failed = error(list());
  await expect.poll(() => token.mock.calls.length).toBe(1);
  clock.expire();
  const clientRequestId = expect.toSatisfy((id) => id === server.requests[0]?.headers["x-client-request-id"]);
  expect(await failed).toMatchObject({ attempts: 2, clientRequestId });
});

test("a path that changes when it is read again is read once", async () => {
  const server = await serve((_request, response) => respond(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  let reads = 0;
  const changing: object = { toString: () => (reads++ < 1 ? path : "/evil"), replace: () => "/evil" };
  await Reflect.apply(client.GET, client, [changing, { params }]);
  expect(server.requests.map(({ url }) => url)).toEqual([path.replace("{clusterId}", clusterId)]);
});

test.each(["#", "?q="])("the baseUrl of a call cannot end in %s, which would change the operation", async (end) => {
  const server = await serve((_request, response) => respond(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  const call = client.GET(path, { params, baseUrl: `${server.url}${end}` });
  await expect(call).rejects.toMatchObject({ name: "InvalidArgumentError", argument: "baseUrl" });
  expect(server.requests).toEqual([]);
});
