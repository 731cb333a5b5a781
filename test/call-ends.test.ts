// Every call and every listing ends, and leaves no request behind.
import { describe, expect, test, vi } from "vitest";
import { createClient } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { type Handler, respond, serve } from "./support/server.js";
import { busy, inTurn, page, setUp, silent } from "./support/set-up.js";

const never = () => new Promise<never>(() => {});
const firstPage = page({ backups: [{ id: "1" }], nextPageToken: "a" });
const init = { params: { path: { clusterId } } };

describe("a callback that never settles", () => {
  test.each(["onResponse", "onRetry"])("%s does not outlive an abort", async (name) => {
    const called = vi.fn(never);
    const { get } = await setUp(busy, { [name]: called, timeout: 1_000_000 });
    const controller = new AbortController();
    const call = get(controller.signal);
    await expect.poll(() => called.mock.calls.length).toBe(1);
    controller.abort("stop");
    await expect(call).rejects.toBe("stop");
  });

  test.each(["onResponse", "onRetry"])("%s does not outlive the timeout", async (name) => {
    const server = await serve(busy);
    const client = createClient({
      token: "t",
      baseUrl: server.url,
      timeout: 200,
      retry: { minDelay: 0 },
      [name]: never,
    });
    await expect(client.GET(path, init)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(server.requests).toHaveLength(1);
  });

  test("in a middleware does not outlive an abort", async () => {
    const { client, get } = await setUp(page({}));
    const onRequest = vi.fn(never);
    client.use({ onRequest });
    const controller = new AbortController();
    const call = get(controller.signal);
    await expect.poll(() => onRequest.mock.calls.length).toBe(1);
    controller.abort("stop");
    await expect(call).rejects.toBe("stop");
  });
});

describe("a listing that is left during a request", () => {
  const secondNeverComes = inTurn(firstPage, silent);

  test("by return() ends at once, and so does its request", async () => {
    const { list, server } = await setUp(secondNeverComes);
    for (const iterable of [list(), list().pages()]) {
      const iterator = iterable[Symbol.asyncIterator]();
      await iterator.next();
      const pending = iterator.next();
      await expect.poll(() => server.requests.length).toBeGreaterThan(1);
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
      expect(await pending).toEqual({ done: true, value: undefined });
      break;
    }
    await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
  });
});

describe("empty pages with ever-new tokens", () => {
  const endless: Handler = (_request, response, index) => respond(response, 200, { nextPageToken: `p${index}` });

  test.each([
    [undefined, 100],
    [3, 3],
    [0, 0],
  ])("end with an error to resume at, with maxEmptyPages %s", async (maxEmptyPages, most) => {
    const { list, server } = await setUp(endless);
    await expect(list({ maxEmptyPages }).toArray()).rejects.toMatchObject({
      name: "PaginationError",
      code: "TOO_MANY_EMPTY_PAGES",
      message: expect.stringContaining(`more than ${most} empty pages in a row`),
      pageToken: `p${most}`,
    });
    expect(server.requests).toHaveLength(most + 1);
  });

  test("count anew after a page with an item", async () => {
    const items = [[], [{ id: "1" }], [], [{ id: "2" }]];
    const bodies = items.map((backups, index) => page({ backups, ...(index < 3 && { nextPageToken: `p${index}` }) }));
    const { list } = await setUp(inTurn(...bodies));
    expect(await list({ maxEmptyPages: 1 }).toArray()).toHaveLength(2);
  });
});

describe("the body of a failure", () => {
  test("is read in part only, so that a large one costs no time", async () => {
    const large = `[${"{},".repeat(2 ** 23)}{}]`;
    const { list, server } = await setUp((_request, response) => respond(response, 400, large));
    const started = performance.now();
    await expect(list().toArray()).rejects.toMatchObject({ name: "ApiError", status: 400 });
    expect(performance.now() - started).toBeLessThan(5000); // it took minutes when all of it was parsed
    await expect.poll(() => server.requests[0]?.socket.destroyed).toBe(true);
  });
});
