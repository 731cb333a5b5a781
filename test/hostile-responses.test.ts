// Responses, bodies and functions that break the rules.
import { getEventListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ClientOptions, createClient, listBackups } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { type Handler, respond, serve } from "./support/server.js";
import { busy, inTurn, page, setUp, silent } from "./support/set-up.js";

const json = { "content-type": "application/json" };
const init = { params: { path: { clusterId } } };
const error = (listing: { toArray(): Promise<unknown> }): Promise<unknown> =>
  listing.toArray().catch((reason: unknown) => reason);

/** A body that breaks off. */
const broken =
  (status: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { ...json, ...headers });
    response.write('{"code":', () => setImmediate(() => response.socket?.destroy()));
  };

describe("a failure", () => {
  test("a failure whose body breaks off keeps its status, and is retried, refused or refreshed for it", async () => {
    const { list, server } = await setUp(broken(503));
    expect(await error(list())).toMatchObject({ name: "ApiError", status: 503, attempts: 4, body: undefined });
    expect(server.requests).toHaveLength(4);
    const { list: longer } = await setUp(broken(503, { "retry-after": "86400" }));
    expect(await error(longer())).toMatchObject({ status: 503, attempts: 1, retryAfter: 86_400_000 });
    const { list: refused } = await setUp(inTurn(broken(401), page({})), { token: () => "t" });
    expect(await refused().toArray()).toEqual([]);
  });

  test("a failure whose body cannot be decompressed keeps its status", async () => {
    const headers = { "content-encoding": "gzip" };
    const { list, server } = await setUp((_request, response) => respond(response, 403, "<html>no</html>", headers));
    expect(await error(list())).toMatchObject({ name: "ApiError", status: 403, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  test("a failure keeps a status that HTTP does not have, however its body ends", async () => {
    const { list } = await setUp(broken(999));
    expect(await error(list())).toMatchObject({ name: "ApiError", status: 999 });
    const { get } = await setUp((_request, response) => respond(response, 999, { code: 2 }));
    expect(await get()).toMatchObject({ error: { code: 2 }, response: { status: 999 } });
  });

  test("a failure whose body has no end keeps its status, and frees its connection", async () => {
    const endless: Handler = (_request, response) => {
      response.writeHead(503);
      const flood = setInterval(() => response.write(" ".repeat(10_000)), 0);
      response.on("close", () => clearInterval(flood));
    };
    const { list, server } = await setUp(endless, { maxResponseSize: 1000 });
    expect(await error(list())).toMatchObject({ status: 503, attempts: 4 });
    await expect.poll(() => server.requests.every(({ socket }) => socket.destroyed)).toBe(true);
  });
});

describe("JSON", () => {
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

  test("JSON with a `code` or `message` of another type is an ApiError", async () => {
    const body = '{"code":3,"details":[{"@type":{"toString":1,"valueOf":1}}]}';
    const { list } = await setUp((_request, response) => respond(response, 400, body));
    expect(await error(list())).toMatchObject({ name: "ApiError", requestId: undefined });
  });
});

describe("a header", () => {
  const token = "marked-0123456789-token";

  test("a header whose redaction would break JSON leaves no other field unredacted", async () => {
    const headers = { "x-request-id": '-----BEGIN A-----"', "x-server-trace-id": token };
    const fetch = async () => new Response("{}", { status: 400, headers });
    const failure = await error(listBackups(createClient({ token, fetch }), { clusterId }));
    expect(failure).toMatchObject({ name: "ApiError", traceId: "[redacted]", retryAfter: undefined });
    expect(Object.keys(failure as object)).not.toContain("0");
  });

  test("Retry-After with more digits than a number has is a time without end", async () => {
    const headers = { "retry-after": "9".repeat(310) };
    const { list } = await setUp((_request, response) => respond(response, 503, {}, headers));
    expect(await error(list())).toMatchObject({ attempts: 1, retryAfter: Number.POSITIVE_INFINITY });
  });

  test("a response that no Response can be constructed for is returned all the same", async () => {
    const { get } = await setUp(page({}), {
      fetch: async () => Object.defineProperty(new Response(null, { status: 404 }), "status", { value: 101 }),
    });
    expect((await get()).response.status).toBe(101);
  });
});

describe("what is thrown", () => {
  const nothing: unknown = Object.create(null);
  const trap = Object.defineProperty(new Error("trap"), "field", {
    get: () => {
      throw new RangeError("trap");
    },
    enumerable: true,
  });

  test.each([
    ["without a prototype", nothing],
    ["with a field that throws", trap],
    ["as a text", "text"],
  ])("%s by a token function is the cause of an error, and by a fetch passes unchanged", async (_, thrown) => {
    const { list } = await setUp(page({}), { token: () => Promise.reject(thrown) });
    expect(await error(list())).toMatchObject({ name: "TokenError" });
    const { list: other } = await setUp(page({}), { fetch: () => Promise.reject(thrown) });
    await expect(other().toArray()).rejects.toBe(thrown);
  });

  test("by a callback that is asynchronous ends the call as well", async () => {
    const failure = new Error("no disk");
    for (const name of ["onResponse", "onRetry"]) {
      const { list } = await setUp(busy, { [name]: () => Promise.reject(failure) });
      await expect(list().toArray()).rejects.toBe(failure);
    }
  });
});

describe("a fetch of the caller's own", () => {
  /** A body that gives these chunks, and then nothing. */
  const stalled = (onCancel: () => void, ...chunks: string[]) =>
    new ReadableStream({
      start: (controller) => chunks.forEach((chunk) => void controller.enqueue(new TextEncoder().encode(chunk))),
      cancel: onCancel,
    });

  test("has a signal that aborts when the attempt has taken too long, and its body is cancelled", async () => {
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

  test("may give a body that is taken, or cannot be cancelled", async () => {
    const taken = async () => {
      const response = new Response("{}");
      response.body?.getReader();
      return response;
    };
    const { list } = await setUp(page({}), { fetch: taken });
    expect(await error(list())).toMatchObject({ name: "ConnectionError", attempts: 4 });
    const stuck = async () => new Response(stalled(() => Promise.reject(new Error("no")), "x".repeat(1000)));
    const { list: other } = await setUp(page({}), { fetch: stuck, maxResponseSize: 100 });
    expect(await error(other())).toMatchObject({ name: "InvalidResponseError" });
  });
});

test("a run time without crypto sends requests without an id", async () => {
  vi.stubGlobal("crypto", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { list, server } = await setUp(page({}));
  expect(await list().toArray()).toEqual([]);
  expect(server.requests[0]?.headers).not.toHaveProperty("x-client-request-id");
});

describe("a call that has ended", () => {
  test("sends nothing after it, when its token comes late", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    const late = wait(40);
    const client = createClient({ token: () => late.then(() => "t"), fetch });
    await expect(client.GET(path, { ...init, signal: AbortSignal.timeout(10) })).rejects.toThrow("timeout");
    await late;
    await wait(0); // what goes on from the token has gone on then
    expect(fetch).not.toHaveBeenCalled();
  });

  test("cancels a response that comes after it", async () => {
    let give: (response: Response) => void = () => {};
    const fetch = vi.fn(() => new Promise<Response>((resolve) => (give = resolve)));
    const client = createClient({ token: "t", fetch });
    const controller = new AbortController();
    const call = client.GET(path, { ...init, signal: controller.signal });
    await expect.poll(() => fetch.mock.calls.length).toBe(1);
    controller.abort("stop");
    await expect(call).rejects.toBe("stop");
    const cancel = vi.fn();
    give(new Response(new ReadableStream({ cancel })));
    await expect.poll(() => cancel.mock.calls.length).toBe(1);
  });

  test("names the request id that was sent, and not that of an attempt whose token came too late", async () => {
    let calls = 0;
    const server = await serve((_request, response) => {
      setTimeout(() => respond(response, 400, { code: 3 }), 60);
    });
    const token = async () => {
      calls += 1;
      if (calls === 1) await wait(130);
      return "t";
    };
    const client = createClient({ token, baseUrl: server.url, timeout: 100, retry: { minDelay: 0 } });
    const clientRequestId = expect.toSatisfy((id) => id === server.requests[0]?.headers["x-client-request-id"]);
    expect(await error(listBackups(client, { clusterId }))).toMatchObject({ attempts: 2, clientRequestId });
  });
});

describe("the caller's signal", () => {
  test("has no listener left by a raw call that has waited", async () => {
    const { get } = await setUp(busy);
    const { signal } = new AbortController();
    expect((await get(signal)).response.status).toBe(503);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a signal that aborts as the wait begins ends the call", async () => {
    const controller = new AbortController();
    const options: Partial<ClientOptions> = { onRetry: () => controller.abort("stop") };
    const { get, server } = await setUp(busy, options);
    await expect(get(controller.signal)).rejects.toBe("stop");
    expect(server.requests).toHaveLength(1);
  });

  test("is obeyed at once, wherever the call is", async () => {
    const never = () => new Promise<never>(() => {});
    const delay = 1_000_000;
    for (const options of [
      { fetch: never },
      { token: never },
      { fetch: async () => new Response(null, { status: 503 }), retry: { minDelay: delay, maxDelay: delay } },
      { token: ({ forceRefresh }: { forceRefresh: boolean }) => (forceRefresh ? never() : "t") },
    ]) {
      const server = await serve((_request, response) => respond(response, 401, {}));
      const client = createClient({ token: "t", baseUrl: server.url, ...options });
      const controller = new AbortController();
      const call = client.GET(path, { ...init, signal: controller.signal });
      await wait(50); // by then it waits for what never comes
      controller.abort("stop");
      await expect(call).rejects.toBe("stop");
    }
  });
});

test("a list of headers is sent under their names", async () => {
  const { client, server } = await setUp(page({}));
  await client.GET(path, { ...init, headers: [["x-a", "1"]] });
  expect(server.requests[0]?.headers).toMatchObject({ "x-a": "1" });
});

test("a timeout that is over while the server is silent leaves nothing behind", async () => {
  const { list, clock, server } = await setUp(silent, { retry: false });
  const listing = error(list());
  await expect.poll(() => server.requests.length).toBe(1);
  clock.expire();
  expect(await listing).toMatchObject({ name: "ConnectionError", cause: { name: "TimeoutError" } });
  await expect.poll(() => server.requests[0]?.socket.destroyed).toBe(true);
});

test("a path that changes when it is read again is read once", async () => {
  const server = await serve((_request, response) => respond(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  let reads = 0;
  const changing: object = { toString: () => (reads++ < 1 ? path : "/evil"), replace: () => "/evil" };
  await Reflect.apply(client.GET, client, [changing, init]);
  expect(server.requests.map(({ url }) => url)).toEqual([path.replace("{clusterId}", clusterId)]);
});

test.each(["#", "?q="])("the baseUrl of a call cannot end in %s, which would change the operation", async (end) => {
  const server = await serve((_request, response) => respond(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  const call = client.GET(path, { ...init, baseUrl: `${server.url}${end}` });
  await expect(call).rejects.toMatchObject({ name: "InvalidArgumentError", argument: "baseUrl" });
  expect(server.requests).toEqual([]);
});
