// A listing takes the options of a call, and its iterators are async generators.
import { Readable } from "node:stream";
import createOpenapiClient from "openapi-fetch";
import { expect, expectTypeOf, test } from "vitest";
import { createClient, type ListingOptions, listBackups, paginate, type paths } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { type Handler, pages, respond, serve } from "./support/server.js";

const twoPages = pages({ backups: [{ id: "1" }], nextPageToken: "p" }, { backups: [{ id: "2" }] });
/** Sends the first page, and does not respond to the second request. */
const stuck: Handler = (_request, response, index) => {
  if (index === 0) respond(response, 200, { backups: [{ id: "1" }], nextPageToken: "p" });
};
const clients = {
  "this package": (baseUrl: string) => createClient({ baseUrl, token: "t" }),
  "openapi-fetch": (baseUrl: string) => createOpenapiClient<paths>({ baseUrl }),
};
type ClientName = keyof typeof clients;
const names = Object.keys(clients) as ClientName[];

test.each(names)("headers of a listing go with each request of a client of %s", async (name) => {
  const { url, requests } = await serve(twoPages);
  const headers = { "x-tenant": "blue" };
  expect(await listBackups(clients[name](url), { clusterId }, { headers }).toArray()).toHaveLength(2);
  expect(requests.map(({ headers }) => headers["x-tenant"])).toEqual(["blue", "blue"]);
});

test.each(names)(
  "headers, fetch, middleware and the options of a framework reach each request of a client of %s",
  async (name) => {
    const seen: unknown[] = [];
    const options: ListingOptions & { next: object } = {
      headers: { "x-tenant": "blue" },
      cache: "no-store",
      next: { revalidate: 60 },
      middleware: [{ onRequest: ({ request }) => request.headers.set("x-seen", "yes") }],
      fetch: async (request) => {
        const { cache, headers } = request;
        const [tenant, seenBy] = [headers.get("x-tenant"), headers.get("x-seen")];
        seen.push({ cache, next: "next" in request && request.next, tenant, seenBy });
        return Response.json(seen.length === 1 ? { nextPageToken: "p" } : {});
      },
    };
    await paginate(clients[name]("http://127.0.0.1:1"), path, "backups", { clusterId }, options).toArray();
    const each = { cache: "no-store", next: { revalidate: 60 }, tenant: "blue", seenBy: "yes" };
    expect(seen).toEqual([each, each]);
  },
);

test.each([
  ["the parameters", 0],
  ["the options", 1],
])("a signal among %s ends a listing with its reason, even if the other has one too", async (_, which) => {
  const { url } = await serve(stuck);
  const controllers = [new AbortController(), new AbortController()] as const;
  const [first, second] = controllers;
  const listing = listBackups(
    clients["this package"](url),
    { clusterId, signal: first.signal },
    { signal: second.signal },
  );
  const iterator = listing[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ id: "1" });
  const next = iterator.next();
  controllers[which]?.abort("enough");
  await expect(next).rejects.toBe("enough");
});

test("the options of a listing are without the parameters of the operation, and without options that a page sets", () => {
  expectTypeOf<ListingOptions>().toHaveProperty("headers");
  expectTypeOf<ListingOptions>().toHaveProperty("cache");
  expectTypeOf<ListingOptions>().toHaveProperty("signal");
  expectTypeOf<Extract<keyof ListingOptions, "params" | "body" | "parseAs" | "method" | "clusterId">>().toBeNever();
});

test("a JavaScript caller cannot replace the options that a page sets", async () => {
  const { url, requests } = await serve(twoPages);
  const options: object = { parseAs: "stream", params: {}, method: "POST" };
  expect(await listBackups(clients["this package"](url), { clusterId }, options).toArray()).toHaveLength(2);
  expect(requests.map(({ url }) => url?.split("/")[4])).toEqual([clusterId, clusterId]);
});

test("the iterators of a listing have the methods that a run time or a polyfill gives to async iterators", () => {
  const listing = listBackups(clients["this package"]("http://127.0.0.1:1"), { clusterId });
  const shared: object = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())); // of all generators
  for (const iterable of [listing, listing.pages()]) {
    const iterator = iterable[Symbol.asyncIterator]();
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    expect(Object.prototype.isPrototypeOf.call(Object.getPrototypeOf(shared), iterator)).toBe(true);
  }
});

test("Readable.from and Array.fromAsync take a listing", async () => {
  const listing = async () => listBackups(clients["this package"]((await serve(twoPages)).url), { clusterId });
  const ids = await Readable.from(await listing())
    .map(({ id }: { id: string }) => id)
    .toArray();
  expect(ids).toEqual(["1", "2"]);
  // Node.js 20 does not have it.
  const { fromAsync } = Array as { fromAsync?: (items: AsyncIterable<{ id: string }>) => Promise<unknown> };
  if (fromAsync) expect(await fromAsync.call(Array, await listing())).toEqual([{ id: "1" }, { id: "2" }]);
});
