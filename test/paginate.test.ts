import { expect, test } from "vitest";
import { createClient, type ListBackupsParams, listBackups, PaginationError } from "../src/index.js";
import { clusterId } from "./support/description.js";
import fc, { runs } from "./support/random.js";

interface Item {
  readonly id: string;
}

/** A server of made-up pages behind a `fetch`, so that thousands of listings take seconds. */
function server(respond: (query: URLSearchParams) => unknown) {
  const queries: URLSearchParams[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const query = new URL(request.url).searchParams;
    queries.push(query);
    await Promise.resolve();
    return Response.json(respond(query));
  };
  const list = (params: Partial<ListBackupsParams>) =>
    listBackups(createClient({ token: "t", baseUrl: "http://127.0.0.1:1", fetch }), { clusterId, ...params });
  return { queries, list };
}

/** Pages of their own sizes, whatever `pageSize` is: the token `p3` leads to the page with index 3. */
function cut(pages: readonly (readonly Item[])[]) {
  return server((query) => {
    const index = Number(query.get("pageToken")?.slice(1) ?? 0);
    const backups = pages[index] ?? [];
    return {
      ...((backups.length > 0 || index % 2 === 0) && { backups }),
      ...(index + 1 < pages.length && { nextPageToken: `p${index + 1}` }),
    };
  });
}

/** A list cut into pages anyhow, empty ones among them. */
const lists = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 }).map((sizes) => {
  let count = 0;
  return sizes.map((size) => Array.from({ length: size }, (): Item => ({ id: `${count++}` })));
});

const options = fc.record({
  prefetch: fc.boolean(),
  start: fc.nat({ max: 11 }),
  limit: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
});

/** How many of these pages have to be fetched to have so many items. */
function needed(pages: readonly (readonly Item[])[], items: number): number {
  let count = 0;
  let have = 0;
  while (have < items && count < pages.length) have += pages[count++]?.length ?? 0;
  return have < items ? pages.length : count;
}

test("items come out once each, in order, with the requests that they need, however a list is cut into pages", async () => {
  const consumers = fc.constantFrom("items", "pages", "toArray", "atOnce");
  await fc.assert(
    fc.asyncProperty(lists, options, consumers, async (all, { prefetch, start, limit }, consumer) => {
      const first = Math.min(start, all.length - 1);
      const pages = all.slice(first);
      const { list, queries } = cut(all);
      const listing = list({ prefetch, limit, ...(first > 0 && { pageToken: `p${first}` }) });

      const got: Item[] = [];
      if (consumer === "items") for await (const item of listing) got.push(item);
      if (consumer === "pages") for await (const page of listing.pages()) got.push(...(page.backups ?? []));
      if (consumer === "toArray") got.push(...(await listing.toArray()));
      if (consumer === "atOnce") {
        const iterator = listing[Symbol.asyncIterator]();
        const steps = await Promise.all(Array.from({ length: 60 }, () => iterator.next()));
        got.push(...steps.flatMap(({ done, value }) => (done ? [] : [value as Item])));
        expect(steps.slice(got.length).every(({ done }) => done)).toBe(true);
      }

      expect(got).toEqual(pages.flat().slice(0, limit));
      expect(queries).toHaveLength(limit === 0 ? 0 : needed(pages, limit ?? Number.POSITIVE_INFINITY));
      expect(new Set(queries.map((query) => query.get("pageToken"))).size).toBe(queries.length);
    }),
    runs(2000),
  );
});

test("a consumer that leaves after some items has caused only the requests that it needed", async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 20 }), fc.boolean(), async (pages, wanted, prefetch) => {
      const { list, queries } = cut(pages);
      const got: Item[] = [];
      for await (const item of list({ prefetch })) {
        got.push(item);
        if (got.length === wanted) break;
      }
      expect(got).toEqual(pages.flat().slice(0, wanted));
      const ahead = prefetch && needed(pages, got.length) < pages.length ? 1 : 0;
      const most = pages.flat().length < wanted ? pages.length : needed(pages, wanted) + ahead;
      expect(queries.length).toBe(most);
    }),
    runs(1000),
  );
});

test("after maxPages pages, the remaining items follow from the error's token", async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (pages, maxPages, prefetch) => {
      const { list, queries } = cut(pages);
      const got: Item[] = [];
      let pageToken: string | undefined;
      for (let rounds = 0, more = true; more; rounds++) {
        more = false;
        try {
          for await (const item of list({ maxPages, prefetch, pageToken })) got.push(item);
        } catch (error) {
          if (!(error instanceof PaginationError)) throw error;
          ({ pageToken } = error);
          more = true;
        }
        expect(rounds).toBeLessThan(pages.length);
      }
      expect(got).toEqual(pages.flat());
      expect(queries).toHaveLength(pages.length);
    }),
    runs(500),
  );
});

test("a server that obeys the page size gets as few requests as possible, all with one page size", async () => {
  const sizes = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 350 }), sizes, fc.option(fc.nat({ max: 400 })), async (total, pageSize, limit) => {
      const all = Array.from({ length: total }, (_, index): Item => ({ id: `${index}` }));
      const { list, queries } = server((query) => {
        const from = Number(query.get("pageToken") ?? 0);
        const end = from + (Number(query.get("pageSize")) || 100);
        return { backups: all.slice(from, end), ...(end < total && { nextPageToken: `${end}` }) };
      });
      const wanted = limit ?? Number.POSITIVE_INFINITY;
      expect(await list({ pageSize, limit: limit ?? undefined }).toArray()).toEqual(all.slice(0, wanted));
      const page = Math.min(pageSize || 100, wanted);
      const due = wanted === 0 ? 0 : Math.max(1, Math.ceil(Math.min(total, wanted) / page));
      expect(queries).toHaveLength(due);
      const expected = wanted < (pageSize || 100) ? `${wanted}` : pageSize === undefined ? null : `${pageSize}`;
      for (const query of queries) expect(query.get("pageSize")).toBe(expected);
    }),
    runs(500),
  );
});
