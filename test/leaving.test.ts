// A call or a listing that is left stops sending requests, and frees its pages.
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { params, path } from "./support/description.js";
import { deferred, reasonOf } from "./support/promises.js";
import { busy, inTurn, page, setUp, silent } from "./support/set-up.js";

const firstPage = page({ backups: [{ id: "1" }], nextPageToken: "a" });
const done = { done: true, value: undefined };

const ends: Record<string, (iterator: AsyncGenerator) => Promise<unknown>> = {
  "return()": async (iterator) => expect(await iterator.return(undefined)).toEqual(done),
  "throw()": async (iterator) => expect(String(await reasonOf(iterator.throw(new Error("left"))))).toBe("Error: left"),
  "[Symbol.asyncDispose]()": async (iterator) => await iterator[Symbol.asyncDispose](),
};

test.each(Object.entries(ends))("%s of an iterator ends the request in flight at once", async (_, end) => {
  for (const [kind, prefetch] of [
    ["items", false],
    ["pages", false],
    ["pages", true],
  ] as const) {
    const { list, server } = await setUp(inTurn(firstPage, silent));
    const listing = list({ prefetch });
    const iterator = (kind === "items" ? listing : listing.pages())[Symbol.asyncIterator]();
    await iterator.next();
    const pending = prefetch ? undefined : iterator.next();
    await expect.poll(() => server.requests.length).toBe(2);
    await end(iterator);
    if (pending) expect(await pending).toEqual(done);
    await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
  }
});

test("a stream of a listing that is destroyed with an error ends the request in flight", async () => {
  const { list, server } = await setUp(inTurn(firstPage, silent));
  const stream = Readable.from(list(), { highWaterMark: 1 }).resume();
  await expect.poll(() => server.requests.length).toBe(2);
  stream.once("error", () => {}).destroy(new Error("left"));
  await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
});

test("a client's signal ends its listings, during a request and between two items", async () => {
  for (const signals of [{}, { signal: new AbortController().signal }]) {
    const controller = new AbortController();
    const twoItems = page({ backups: [{ id: "1" }, { id: "2" }], nextPageToken: "a" });
    const { list, server } = await setUp(
      (...exchange) => (exchange[0].url?.includes("pageToken") ? undefined : twoItems(...exchange)),
      { signal: controller.signal },
    );
    const iterator = list(signals)[Symbol.asyncIterator]();
    const all = reasonOf(list(signals).toArray());
    await iterator.next();
    await expect.poll(() => server.requests.length).toBe(3);
    controller.abort("closing");
    await expect(iterator.next()).rejects.toBe("closing");
    expect(await all).toBe("closing");
  }
});

const leave = {
  "an abort": (controller: AbortController) => controller.abort("left"),
  "return()": (_controller: AbortController, iterator: AsyncGenerator) => void iterator.return(undefined),
};

test.each(Object.entries(leave))(
  "after %s, a listing sends no more requests, even if a middleware made a Request without a signal",
  async (_, leave) => {
    const token = vi.fn(() => "t");
    const { list, client, server } = await setUp(
      inTurn(busy, () => leave(controller, iterator)),
      { token },
    );
    client.use({ onRequest: ({ request }) => new Request(request.url) });
    const controller = new AbortController();
    const iterator = list({ signal: controller.signal }).pages()[Symbol.asyncIterator]();
    const outcome = await iterator.next().catch((reason: unknown) => reason);
    expect(["left", done]).toContainEqual(outcome);
    await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
    expect([token.mock.calls.length, server.requests.length]).toEqual([2, 2]);
  },
);

test.each(Object.entries(leave))(
  "after %s while a middleware waits, a listing does not ask for a token or send a request",
  async (_, leave) => {
    const { promise: waiting, resolve: release } = deferred<void>();
    const token = vi.fn(() => "t");
    const onRequest = vi.fn(() => waiting);
    const { list, client, server } = await setUp(firstPage, { token });
    client.use({ onRequest });
    const controller = new AbortController();
    const iterator = list({ signal: controller.signal })[Symbol.asyncIterator]();
    const next = iterator.next().catch((reason: unknown) => reason);
    await expect.poll(() => onRequest.mock.calls.length).toBe(1);
    leave(controller, iterator);
    expect(["left", done]).toContainEqual(await next);
    release();
    await new Promise(setImmediate); // everything that could follow is a matter of promises
    expect(token).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(0);
  },
);

test("a request that a middleware sees aborts with each signal that the caller gave, and follows none without one", async () => {
  const signals: AbortSignal[] = [];
  const { client, list } = await setUp(silent);
  client.use({ onRequest: ({ request }) => void signals.push(request.signal) });
  const controller = new AbortController();
  const { signal } = controller;
  const settled = [client.GET(path, { params, signal }), list({ signal }).toArray()].map(reasonOf);
  const iterator = list()[Symbol.asyncIterator]();
  const next = iterator.next();
  await expect.poll(() => signals.length).toBe(3);
  controller.abort("left");
  expect(await Promise.all(settled)).toEqual(["left", "left"]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
  await iterator.return();
  await next;
});

test.each(["items", "pages"])("a page is freed while the next one is fetched, when %s are iterated", async (kind) => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  let first: WeakRef<object> | undefined;
  let isFreed = false;
  const { list } = await setUp(
    inTurn(firstPage, async (...exchange) => {
      // A WeakRef keeps its target until the end of the task in which it was made or read.
      for (let tries = 0; tries < 20 && !isFreed; tries++) {
        await new Promise(setImmediate);
        collect();
        isFreed = first?.deref() === undefined;
      }
      page({})(...exchange);
    }),
  );
  const iterator: AsyncIterator<object> = (kind === "items" ? list() : list().pages())[Symbol.asyncIterator]();
  const next = () =>
    iterator.next().then(({ done, value }) => {
      if (!done) first ??= new WeakRef(value);
      return done;
    });
  while (!(await next()));
  expect(isFreed).toBe(true);
});
