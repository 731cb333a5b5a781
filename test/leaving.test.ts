// What happens to a call or a listing that is left: nothing is sent any more, and nothing of it is kept.
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { clusterId, path } from "./support/description.js";
import { busy, inTurn, page, setUp, silent } from "./support/set-up.js";

const params = { path: { clusterId } };
const firstPage = page({ backups: [{ id: "1" }, { id: "2" }], nextPageToken: "a" });

describe("throw() of an iterator", () => {
  test.each([false, true])("ends the request in flight, with prefetch: %s", async (prefetch) => {
    const { list, server } = await setUp(inTurn(firstPage, silent));
    const iterator = list({ prefetch }).pages()[Symbol.asyncIterator]();
    await iterator.next();
    const pending = prefetch ? undefined : iterator.next();
    await expect.poll(() => server.requests.length).toBe(2);
    await expect(iterator.throw(new Error("left"))).rejects.toThrow("left");
    expect(await pending).toEqual(prefetch ? undefined : { done: true, value: undefined });
    await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
  });

  test("is called by a stream that is destroyed with an error, and by a pipeline that fails", async () => {
    const { list, server } = await setUp(inTurn(firstPage, silent, firstPage, silent));
    const stream = Readable.from(list(), { highWaterMark: 1 });
    stream.resume();
    await expect.poll(() => server.requests.length).toBe(2);
    const closed = new Promise((resolve) => stream.once("close", resolve));
    stream.once("error", () => {}).destroy(new Error("left"));
    await closed;

    const broken = new PassThrough({ objectMode: true });
    const piped = pipeline(Readable.from(list(), { highWaterMark: 1 }), broken);
    broken.resume();
    await expect.poll(() => server.requests.length).toBe(4);
    broken.destroy(new Error("full"));
    await expect(piped).rejects.toThrow("full");
    for (const index of [1, 3]) await expect.poll(() => server.requests[index]?.socket.destroyed).toBe(true);
  });
});

describe("a client's signal", () => {
  test("ends its listings, during a request and between two items", async () => {
    for (const signals of [{}, { signal: new AbortController().signal }]) {
      const controller = new AbortController();
      const { list, server } = await setUp(
        (...exchange) => (exchange[0].url?.includes("pageToken") ? undefined : firstPage(...exchange)),
        { signal: controller.signal },
      );
      const iterator = list(signals)[Symbol.asyncIterator]();
      const all = list(signals).toArray();
      all.catch(() => {});
      await iterator.next();
      await expect.poll(() => server.requests.length).toBe(3);
      controller.abort("closing");
      await expect(iterator.next()).rejects.toBe("closing");
      await expect(all).rejects.toBe("closing");
    }
  });

  test("ends a listing before its first request", async () => {
    const { list, server } = await setUp(firstPage, { signal: AbortSignal.abort("closed") });
    await expect(list().toArray()).rejects.toBe("closed");
    expect(server.requests).toHaveLength(0);
  });
});

describe("after an abort or return(), no token is asked for and nothing is sent", () => {
  const leave = {
    abort: (controller: AbortController) => controller.abort("left"),
    "return()": (_controller: AbortController, iterator: AsyncGenerator) => void iterator.return(undefined),
  };

  test.each(Object.entries(leave))("by %s, with a Request of a middleware that has no signal", async (_, leave) => {
    const token = vi.fn(() => "t");
    const { list, client, server } = await setUp(
      inTurn(busy, () => leave(controller, iterator)),
      { token },
    );
    client.use({ onRequest: ({ request }) => new Request(request.url) });
    const controller = new AbortController();
    const iterator = list({ signal: controller.signal }).pages()[Symbol.asyncIterator]();
    const outcome = await iterator.next().catch((reason: unknown) => reason);
    expect(["left", { done: true, value: undefined }]).toContainEqual(outcome);
    await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
    expect([token.mock.calls.length, server.requests.length]).toEqual([2, 2]);
  });

  test.each(Object.entries(leave))("by %s, while a middleware waits", async (_, leave) => {
    let release = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const token = vi.fn(() => "t");
    const onRequest = vi.fn(() => waiting);
    const { list, client, server } = await setUp(firstPage, { token });
    client.use({ onRequest });
    const controller = new AbortController();
    const iterator = list({ signal: controller.signal })[Symbol.asyncIterator]();
    const next = iterator.next().catch((reason: unknown) => reason);
    await expect.poll(() => onRequest.mock.calls.length).toBe(1);
    leave(controller, iterator);
    expect(["left", { done: true, value: undefined }]).toContainEqual(await next);
    release();
    await new Promise(setImmediate); // all that could follow is a matter of promises
    expect(token).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(0);
  });
});

describe("a request that a middleware sees", () => {
  test("aborts with each signal that the caller gave, and follows none when there is none", async () => {
    const signals: AbortSignal[] = [];
    const { client, list } = await setUp(silent);
    client.use({ onRequest: ({ request }) => void signals.push(request.signal) });
    const controller = new AbortController();
    const settled = [
      client.GET(path, { params, signal: controller.signal }),
      list({ signal: controller.signal }).toArray(),
    ].map((one) => one.catch((reason: unknown) => reason));
    const iterator = list()[Symbol.asyncIterator]();
    const next = iterator.next();
    await expect.poll(() => signals.length).toBe(3);
    controller.abort("left");
    expect(await Promise.all(settled)).toEqual(["left", "left"]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
    await iterator.return();
    await next;
  });
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

test("an error from a callback or a fetch is rethrown unchanged, even a frozen error of this package", async () => {
  const { list } = await setUp(busy);
  const error: unknown = await list({ pageToken: "p" })
    .toArray()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "ApiError", pageToken: "p" });
  for (const options of [
    { onResponse: () => Promise.reject(error) },
    { onRetry: () => Promise.reject(error) },
    { fetch: () => Promise.reject(error) },
  ]) {
    const before = JSON.stringify(error);
    const other = await setUp(busy, options);
    await expect(other.list({ pageToken: "q" }).toArray()).rejects.toBe(Object.freeze(error));
    expect(JSON.stringify(error)).toBe(before);
  }
});
