import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { createClient, listBackups, type ResponseEvent, type RetryEvent } from "../src/index.js";
import { delayBefore } from "../src/retry-policy.js";
import { TestClock } from "./support/clock.js";
import { clusterId } from "./support/description.js";
import { reasonOf } from "./support/promises.js";
import { type Handler, respond, serve } from "./support/server.js";
import { busy, inTurn, page, retryAfter, setUp, silent } from "./support/set-up.js";

test("the wait is random, from 0 to a bound that doubles from 100 ms to 20 s", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999_999);
  const { clock, list, server } = await setUp(busy, { retry: { attempts: 11 } });
  await expect(list().toArray()).rejects.toMatchObject({ name: "ApiError", attempts: 11 });
  expect(clock.waits.map(Math.round)).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000]);
  expect(server.requests).toHaveLength(11);
  vi.spyOn(Math, "random").mockReturnValue(0);
  const { clock: other, list: again } = await setUp(busy);
  await expect(again().toArray()).rejects.toMatchObject({ attempts: 4 });
  expect(other.waits).toEqual([]); // a wait of 0 needs no timer
});

test("the wait is the Retry-After, in seconds or as a date, after any status, or else the computed one", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const soon = new Date(Date.now() + 30_000).toUTCString();
  const failures = [retryAfter("60", 429), retryAfter(soon, 503), retryAfter("0", 500), retryAfter("soon")];
  const { clock, list } = await setUp(inTurn(...failures, page({})), { retry: { attempts: 5 } });
  await list().toArray();
  const seconds = expect.toSatisfy((wait: number) => wait > 20_000 && wait <= 30_000);
  expect(clock.waits).toEqual([60_000, seconds, 400]);
});

test("a Retry-After that is too long ends the call at once, with the value on the error", async () => {
  const { clock, list, server } = await setUp(retryAfter("61"));
  const failed = { name: "ApiError", status: 503, attempts: 1, retryAfter: 61_000 };
  await expect(list().toArray()).rejects.toMatchObject(failed);
  expect([clock.waits.length, server.requests.length]).toEqual([0, 1]);
});

test("the waits follow the options", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const retry = { attempts: 3, minDelay: 10, maxDelay: 15, maxRetryAfter: 100_000 };
  const { clock, list } = await setUp(inTurn(busy, busy, page({})), { retry });
  await list().toArray();
  expect(clock.waits).toEqual([5, 7.5]);
  const { clock: other, list: again } = await setUp(inTurn(retryAfter("61"), page({})), { retry });
  await again().toArray();
  expect(other.waits).toEqual([61_000]);
});

test("a delay is a number after thousands of failures", () => {
  const policy = { attempts: Infinity, minDelay: 0, maxDelay: 0, maxRetryAfter: 0 };
  expect(delayBefore(policy, 5000, undefined)).toBe(0);
});

test("with retry: false, a request is sent once", async () => {
  const { list, server } = await setUp(busy, { retry: false });
  await expect(list().toArray()).rejects.toMatchObject({ name: "ApiError", attempts: 1 });
  expect(server.requests).toHaveLength(1);
});

test("an attempt that takes too long ends with a TimeoutError as the cause, at any stage", async () => {
  const never = () => new Promise<never>(() => {});
  const halfway: Handler = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write("{");
  };
  for (const [handler, options, place] of [
    [silent, {}, ""],
    [halfway, {}, ""],
    [silent, { token: never }, " in the token function"],
    [silent, { fetch: never }, ""],
  ] as const) {
    const { list } = await setUp(handler, { timeout: 20, retry: { attempts: 2 }, ...options });
    await expect(list().toArray()).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining(`got no response: timed out after 20 ms${place} (attempt 2)`),
      attempts: 2,
      cause: { name: "TimeoutError" },
    });
  }
});

test("an attempt that fails frees its connection for the next one", async () => {
  const { list, server } = await setUp((_request, response, index) => {
    if (index % 2 === 0) respond(response, index % 4 === 0 ? 503 : 429, "x".repeat(50_000));
    else respond(response, 200, index < 60 ? { nextPageToken: `p${index}` } : {});
  });
  await list().toArray();
  expect(server.requests).toHaveLength(62);
  expect(new Set(server.requests.map(({ socket }) => socket.remotePort)).size).toBeLessThanOrEqual(2);
});

test.each<[object, string]>([
  [{ timeout: 0 }, "timeout must be a whole number from 1, but is 0"],
  [{ timeout: Number.NaN }, "timeout must be"],
  [{ maxResponseSize: 0 }, "maxResponseSize must be"],
  [{ retry: true }, "retry must be an object or false, but is true"],
  [{ retry: { attempts: 0 } }, "retry.attempts must be"],
  [{ retry: { attempts: 1.5 } }, "retry.attempts must be"],
  [{ retry: { minDelay: -1 } }, "retry.minDelay must be"],
  [{ retry: { maxDelay: 2 ** 31 } }, "retry.maxDelay must be"],
  [{ retry: { maxRetryAfter: Number.POSITIVE_INFINITY } }, "retry.maxRetryAfter must be"],
  [{ fetch: "x" }, "fetch must be a function, but is a String"],
  [{ onRetry: {} }, "onRetry must be a function, but is an Object"],
  [{ onResponse: true }, "onResponse must be a function, but is a Boolean"],
  [{ headers: "x" }, "headers must be an object, but is a String"],
  [{ signal: new AbortController() }, "signal must be an AbortSignal, but is an AbortController"],
  [{ timeuot: 5 }, "timeuot is not an option; did you mean timeout?"],
  [{ onRety: 1 }, "onRety is not an option; did you mean onRetry?"],
  [{ querySerialiser: {} }, "querySerialiser is not an option; did you mean querySerializer?"],
  [{ retry: { attempt: 1 } }, "retry.attempt is not an option; did you mean retry.attempts?"],
  [{ retry: { max: 1 } }, "retry.max is not an option; there are attempts, minDelay, maxDelay, maxRetryAfter"],
])("a client cannot be created with %j", (options, message) => {
  const [argument] = message.split(" ");
  const refused = { name: "InvalidArgumentError", argument, message: expect.stringContaining(message) };
  expect(() => createClient({ token: "t", ...options })).toThrow(expect.objectContaining(refused));
});

test("a client can be created with any option of a Request, of openapi-fetch and of a framework", () => {
  const request = { cache: "no-store", mode: "cors", redirect: "error", keepalive: true } as const;
  const others = { next: { revalidate: 1 }, cf: {}, tls: {}, proxy: "p", dispatcher: {}, agent: {}, verbose: true };
  expect(() => createClient({ token: "t", Request, ...request, ...others })).not.toThrow();
});

test("a timeout can be infinite", async () => {
  const { list } = await setUp(page({}), { timeout: Number.POSITIVE_INFINITY });
  expect(await list().toArray()).toEqual([]);
});

test("a signal that aborts during a wait ends the call at once, with its reason, and the timer of the wait", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const retry = { minDelay: 2_000_000, maxDelay: 2_000_000 };
  const { url: baseUrl } = await serve(busy);
  const timers = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  /** The timer of the wait, once it has begun. */
  const waiting = () => timers.mock.results[timers.mock.calls.findIndex(([, delay]) => delay === 1_000_000)]?.value;
  const controller = new AbortController();
  const { signal } = controller;
  const listing = listBackups(createClient({ token: "t", baseUrl, retry }), { clusterId, signal }).toArray();
  listing.catch(() => {});
  await expect.poll(waiting).toBeDefined();
  controller.abort("enough");
  await expect(listing).rejects.toBe("enough");
  expect(cleared).toHaveBeenCalledWith(waiting());
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal that aborts while a page is used ends pages() too, even with the next page prefetched", async () => {
  const controller = new AbortController();
  const { list, server } = await setUp(inTurn(page({ nextPageToken: "a" }), page({})));
  const walk = async () => {
    for await (const _ of list({ signal: controller.signal, prefetch: true }).pages()) {
      await expect.poll(() => server.requests.length).toBe(2);
      await new Promise((resolve) => setTimeout(resolve, 20)); // let it arrive; the outcome is the same if it does not
      controller.abort("stop");
    }
  };
  await expect(walk()).rejects.toBe("stop");
});

test("a signal has a listener only while a page is fetched, through 1000 pages and many retries", async () => {
  let count = 0;
  const { signal } = new AbortController();
  const listeners = () => getEventListeners(signal, "abort").length;
  let most = 0;
  const fetch = async (): Promise<Response> => {
    most = Math.max(most, listeners());
    count += 1;
    if (count % 10 === 0) return Response.json({ code: 14 }, { status: 503 });
    return Response.json(count < 1_112 ? { nextPageToken: `p${count}` } : {});
  };
  const client = createClient(new TestClock().options({ token: "t", fetch }));
  let pageCount = 0;
  for await (const _ of listBackups(client, { clusterId, signal, maxEmptyPages: 2_000 }).pages()) {
    expect(listeners()).toBe(0);
    pageCount += 1;
  }
  expect(pageCount).toBeGreaterThan(999);
  expect(most).toBe(1);
  expect(listeners()).toBe(0);
});

test("onResponse and onRetry get all details of each response and each retry", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const events: (ResponseEvent | RetryEvent)[] = [];
  const record = (event: ResponseEvent | RetryEvent) => void events.push(event);
  const { list, server } = await setUp(
    inTurn(
      (request) => request.socket.destroy(),
      (_request, response) => respond(response, 503, "busy", { "x-request-id": "r2" }),
      page({}),
    ),
    { onResponse: record, onRetry: record },
  );
  await list().toArray();
  const common = {
    method: "GET",
    path: `/managed-mysql/v1/clusters/${clusterId}/backups`,
    duration: expect.toSatisfy((duration: number) => duration > 0 && duration < 10_000),
    requestId: undefined,
  };
  const id = (index: number) => server.requests[index]?.headers["x-client-request-id"];
  expect(events).toEqual([
    {
      ...common,
      attempt: 1,
      delay: 50,
      status: undefined,
      error: expect.objectContaining({ name: "ConnectionError" }),
      clientRequestId: id(0),
    },
    { ...common, attempt: 2, status: 503, clientRequestId: id(1), requestId: "r2" },
    { ...common, attempt: 2, delay: 100, status: 503, error: undefined, clientRequestId: id(1), requestId: "r2" },
    { ...common, attempt: 3, status: 200, clientRequestId: id(2) },
  ]);
  expect(new Set([id(0), id(1), id(2)]).size).toBe(3);
  expect(events[2]?.duration).toBe(events[1]?.duration); // without that of the callback
  expect(id(0)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
});

test("onResponse is called for a 2xx that cannot be used, too", async () => {
  const statuses: number[] = [];
  const onResponse = ({ status }: ResponseEvent) => void statuses.push(status);
  for (const handler of [page("<html>"), page({ backups: ["x".repeat(1000)] })]) {
    const { list } = await setUp(handler, { onResponse, maxResponseSize: 100 });
    await expect(list().toArray()).rejects.toMatchObject({ name: "InvalidResponseError" });
  }
  expect(statuses).toEqual([200, 200]);
});

test("a call that fails does not write to stdout or stderr", async () => {
  const written: unknown[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(text) > 0);
  }
  const { list } = await setUp(busy);
  await reasonOf(list().toArray());
  expect(written).toEqual([]);
});

test("an error has all details of its call, in JSON and when it is printed", async () => {
  const body = {
    code: 14,
    message: "busy",
    details: [{ "@type": "x/google.rpc.RequestInfo", requestId: "in-details" }],
  };
  const headers = {
    "content-type": "application/json",
    "x-request-id": "in-header",
    "x-server-trace-id": "trace",
    "retry-after": "90",
  };
  const { list, server } = await setUp(
    inTurn(page({ nextPageToken: "a" }), (_request, response) => respond(response, 503, body, headers)),
  );
  const error = await reasonOf(list().toArray());
  const fields = {
    name: "ApiError",
    code: "API_ERROR",
    message: `GET /managed-mysql/v1/clusters/${clusterId}/backups failed with status 503 (gRPC code 14): busy`,
    method: "GET",
    path: `/managed-mysql/v1/clusters/${clusterId}/backups`,
    status: 503,
    grpcCode: 14,
    details: body.details,
    requestId: "in-details",
    traceId: "trace",
    clientRequestId: server.requests[1]?.headers["x-client-request-id"],
    attempts: 1,
    retryAfter: 90_000,
    pageToken: "a",
  };
  expect(JSON.parse(JSON.stringify(error))).toEqual(fields);
  const { list: cut } = await setUp((request) => request.socket.destroy(), { retry: false });
  expect(JSON.parse(JSON.stringify(await reasonOf(cut().toArray())))).toMatchObject({
    systemCode: "UND_ERR_SOCKET",
    cause: { name: "TypeError", message: "fetch failed", cause: { code: "UND_ERR_SOCKET" } },
  });
  const { list: other } = await setUp((_request, response) => respond(response, 400, { code: 3 }, headers));
  expect(await reasonOf(other().toArray())).toMatchObject({ requestId: "in-header", details: [] });
  for (const value of ["503", "busy", "in-details", "trace", "90000", fields.clientRequestId]) {
    expect(inspect(error)).toContain(value);
  }
});

test("a failure with an endless body keeps its status, and is retried", async () => {
  const endless: Handler = (_request, response) => {
    response.writeHead(503, { "content-type": "text/html" });
    const flood = setInterval(() => response.write("<p>".repeat(10_000)), 0);
    response.on("close", () => clearInterval(flood));
  };
  const { list, server, get } = await setUp(endless, { maxResponseSize: 2 ** 16 });
  const error = await reasonOf(list().toArray());
  expect(error).toMatchObject({ name: "ApiError", status: 503, attempts: 4 });
  expect(error).toMatchObject({ body: expect.stringMatching(/^(<p>){3333}<$/) });
  expect(server.requests).toHaveLength(4);
  expect(((await get()).error as unknown as string).length).toBe(2 ** 16 - 2 ** 13);
});

test("an error of a response that is not a page shows the beginning of its body", async () => {
  const html = `<html>${"x".repeat(300)}`;
  const { list } = await setUp((_request, response) => respond(response, 200, html, { "content-type": "text/html" }));
  await expect(list({ pageToken: "p" }).toArray()).rejects.toMatchObject({
    name: "InvalidResponseError",
    status: 200,
    contentType: "text/html",
    body: html.slice(0, 200),
    pageToken: "p",
    attempts: 1,
  });
});

test("a body above maxResponseSize is refused before its end, with or without Content-Length, compressed or not", async () => {
  const big = JSON.stringify({ backups: [{ id: "x".repeat(2 ** 20) }] });
  const json = { "content-type": "application/json" };
  for (const handler of [
    (_request, response) => respond(response, 200, big, { ...json, "content-length": `${big.length}` }),
    (_request, response) => respond(response, 200, big),
    (_request, response) => {
      response.writeHead(200, { ...json, "content-encoding": "gzip" });
      response.end(gzipSync(big));
    },
  ] satisfies Handler[]) {
    const { list } = await setUp(handler, { maxResponseSize: 2 ** 16, retry: false });
    await expect(list().toArray()).rejects.toMatchObject({
      name: "InvalidResponseError",
      message: expect.stringContaining("65536 bytes (maxResponseSize)"),
      body: "",
    });
    const { list: other } = await setUp(handler, { maxResponseSize: big.length, retry: false });
    expect(await other().toArray()).toHaveLength(1);
  }
});
