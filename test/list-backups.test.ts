import { expect, inject, test } from "vitest";
import type { Get } from "../src/fetch-page.js";
import { ApiError, createClient, listBackups, type ManagedMysqlClient, PaginationError } from "../src/index.js";
import { clusterId, exampleResponses, operation, path } from "./support/description.js";
import { reasonOf } from "./support/promises.js";
import { pages, respond, serve } from "./support/server.js";

const list = (baseUrl: string, params: Partial<Parameters<typeof listBackups>[1]> = {}, headers = {}) =>
  listBackups(createClient({ token: "t", baseUrl, headers, retry: false }), { clusterId, ...params });

const prefer = (preference: string) => list(inject("mockUrl"), {}, { prefer: preference });

/** Pages of two backups each: 1 and 2, 3 and 4, … */
const ofTwo = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    backups: [{ id: `${2 * index + 1}` }, { id: `${2 * index + 2}` }],
    ...(index + 1 < count && { nextPageToken: `p${index + 2}` }),
  }));

test("a listing has the backups of all pages, in order", async () => {
  const expected = exampleResponses.filter(({ name }) => name.endsWith("Page")).flatMap(({ body }) => body["backups"]);
  expect(expected).toHaveLength(7);
  expect(await list(inject("mockUrl")).toArray()).toEqual(expected);
});

const failures = exampleResponses.filter(({ status }) => status >= 400);

test("the description has examples of all failures that it declares", () => {
  const declared = Object.keys(operation.responses).map(Number);
  expect([200, ...new Set(failures.map(({ status }) => status))]).toEqual(declared);
  expect(declared).toEqual([200, 400, 401, 403, 404, 429, 500, 503, 504]);
});

test.each(failures)("a $status is an ApiError with the example $name in it", async ({ status, name, body }) => {
  const error = await reasonOf(prefer(`code=${status}, example=${name}`).toArray());
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status,
    grpcCode: body.code,
    details: body["details"] ?? [],
    retryAfter: status === 429 || status === 503 ? 5000 : undefined,
    message: expect.stringContaining(body.message ?? "?"),
    pageToken: undefined,
  });
});

test.each(exampleResponses.filter(({ status }) => status === 200))(
  "the example $name is a page",
  async ({ name, body }) => {
    for await (const page of prefer(`code=200, example=${name}`).pages()) {
      expect(page).toEqual(body);
      break;
    }
  },
);

test.each<[number, string | undefined, object]>([
  [502, "<html>bad</html>", { body: "<html>bad</html>", message: expect.stringContaining("502") }],
  [404, '{"title":"Not found"}', { grpcCode: undefined }],
])("a %i with the body %j is an ApiError", async (status, body, fields) => {
  const { url } = await serve((_request, response) => respond(response, status, body));
  await expect(list(url).toArray()).rejects.toMatchObject({ name: "ApiError", status, ...fields });
});

test.each([{}, { backups: null }, { backups: [], nextPageToken: null }, { nextPageToken: "" }])(
  "a listing of %j is empty, after one request",
  async (body) => {
    const server = await serve(pages(body));
    expect(await list(server.url).toArray()).toEqual([]);
    expect(server.requests).toHaveLength(1);
  },
);

test("a listing keeps times to the last digit, and fields that the description does not have", async () => {
  const backups = [
    { id: "1", createdAt: "2024-01-01T00:00:00.123456789Z", startedAt: "2024-01-01T00:00:00Z" },
    { id: "2", size: "10737418240", journalSize: "1", type: "AUTOMATED", status: "NEW_VALUE" },
  ];
  const server = await serve(pages({ backups }));
  expect(await list(server.url).toArray()).toEqual(backups);
});

test("a listing that gets the same page token again ends with a PaginationError after two requests", async () => {
  const server = await serve((_request, response) =>
    respond(response, 200, { backups: [{ id: "1" }], nextPageToken: "t" }),
  );
  const error = await reasonOf(list(server.url).toArray());
  expect(error).toBeInstanceOf(PaginationError);
  const message = expect.stringContaining('"t"');
  expect(error).toMatchObject({ code: "REPEATED_PAGE_TOKEN", message, pageToken: "t" });
  expect(server.requests).toHaveLength(2);
});

test("a listing that gets its first or an earlier page token again ends with a PaginationError", async () => {
  const loop = await serve((_request, response, index) => respond(response, 200, { nextPageToken: `p${index % 50}` }));
  await expect(list(loop.url).toArray()).rejects.toMatchObject({ name: "PaginationError", pageToken: "p49" });
  expect(loop.requests).toHaveLength(51);
  const start = await serve(pages({ nextPageToken: "start" }));
  await expect(list(start.url, { pageToken: "start" }).toArray()).rejects.toMatchObject({
    name: "PaginationError",
    pageToken: "start",
  });
});

test("a listing goes on over empty pages", async () => {
  const server = await serve(
    pages({ nextPageToken: "a" }, { backups: [], nextPageToken: "b" }, { backups: [{ id: "x" }] }),
  );
  expect(await list(server.url).toArray()).toEqual([{ id: "x" }]);
  expect(server.queries).toEqual([{}, { pageToken: "a" }, { pageToken: "b" }]);
});

test("a listing that gets a page token which cannot be sent ends on that page, and can be resumed there", async () => {
  const server = await serve(pages(ofTwo(1)[0], { nextPageToken: "a" }, { nextPageToken: "x".repeat(101) }));
  await expect(list(server.url, { pageToken: "p" }).toArray()).resolves.toHaveLength(2);
  await expect(list(server.url, { pageToken: "p" }).toArray()).rejects.toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining("nextPageToken must be well-formed text of 0 to 100 characters"),
    pageToken: "a",
  });
});

test("a listing may use a client whose GET needs its object", async () => {
  const client = createClient({ token: "t", fetch: async () => Response.json({ backups: [{ id: "x" }] }) });
  const wrapped = {
    client,
    GET: function (this: { client: ManagedMysqlClient }, ...given: Parameters<Get>) {
      return (this.client.GET as Get)(...given);
    } as ManagedMysqlClient["GET"],
  };
  expect(await listBackups(wrapped, { clusterId }).toArray()).toEqual([{ id: "x" }]);
});

test("a listing sends its settings with each page", async () => {
  const server = await serve(pages(...ofTwo(3)));
  await list(server.url, { pageSize: 7, pageToken: "r" }, { "x-mine": "1" }).toArray();
  expect(server.queries.map(({ pageToken }) => pageToken)).toEqual(["r", "p2", "p3"]);
  expect(server.queries.map(({ pageSize }) => pageSize)).toEqual(["7", "7", "7"]);
  expect(server.requests.map(({ headers }) => headers["x-mine"])).toEqual(["1", "1", "1"]);
});

test("a listing can be iterated again and at once, each time from the start, and leaves its parameters alone", async () => {
  const server = await serve((request, response) => {
    const token = new URL(request.url ?? "", "http://test").searchParams.get("pageToken") ?? "p1";
    respond(response, 200, ofTwo(3)[Number(token.slice(1)) - 1]);
  });
  const params = Object.freeze({ clusterId, pageSize: 2 });
  const listing = listBackups(createClient({ token: "t", baseUrl: server.url }), params);
  const whole = ofTwo(3).flatMap(({ backups }) => backups);
  expect(await Promise.all([listing.toArray(), listing.toArray()])).toEqual([whole, whole]);
  const one = listing[Symbol.asyncIterator]();
  const two = listing[Symbol.asyncIterator]();
  for (const backup of whole) {
    expect((await one.next()).value).toEqual(backup);
    expect((await two.next()).value).toEqual(backup);
  }
  const paged = listing.pages();
  for (let round = 0; round < 2; round++) {
    let count = 0;
    for await (const _ of paged) count += 1;
    expect(count).toBe(3);
  }
});

test("a listing keeps the parameters that it was made with", async () => {
  const server = await serve(pages(...ofTwo(2)));
  const params = { clusterId, pageSize: 5 };
  const listing = listBackups(createClient({ token: "t", baseUrl: server.url }), params);
  params.pageSize = 9;
  await listing.toArray();
  expect(server.queries.map(({ pageSize }) => pageSize)).toEqual(["5", "5"]);
});

test("a limit cuts the last page, and its token, which would skip the items that were cut off", async () => {
  const server = await serve(pages(...ofTwo(3)));
  const got = [];
  for await (const page of list(server.url, { limit: 3, pageSize: 2 }).pages()) got.push(page);
  expect(got).toEqual([{ backups: [{ id: "1" }, { id: "2" }], nextPageToken: "p2" }, { backups: [{ id: "3" }] }]);
});

test("maxPages ends a longer listing after the last item with an error that has the next page token", async () => {
  const server = await serve(pages(...ofTwo(3)));
  const ids: string[] = [];
  const walk = async () => {
    for await (const { id } of list(server.url, { maxPages: 2, prefetch: true })) ids.push(id);
  };
  await expect(walk()).rejects.toMatchObject({
    name: "PaginationError",
    code: "TOO_MANY_PAGES",
    message: expect.stringContaining("has more than 2 pages (maxPages)"),
    pageToken: "p3",
  });
  expect(ids).toEqual(["1", "2", "3", "4"]);
  expect(server.requests).toHaveLength(2);
});

test.each([
  [undefined, 100],
  [3, 3],
  [0, 0],
])(
  "empty pages with ever-new tokens end with an error to resume at, with maxEmptyPages %s",
  async (maxEmptyPages, most) => {
    const server = await serve((_request, response, index) => respond(response, 200, { nextPageToken: `p${index}` }));
    await expect(list(server.url, { maxEmptyPages }).toArray()).rejects.toMatchObject({
      name: "PaginationError",
      code: "TOO_MANY_EMPTY_PAGES",
      message: expect.stringContaining(`more than ${most} empty pages in a row`),
      pageToken: `p${most}`,
    });
    expect(server.requests).toHaveLength(most + 1);
  },
);

test("empty pages are counted from 0 after a page with an item", async () => {
  const items = [[], [{ id: "1" }], [], [{ id: "2" }]];
  const server = await serve(
    pages(...items.map((backups, index) => ({ backups, nextPageToken: index < 3 ? `p${index}` : "" }))),
  );
  expect(await list(server.url, { maxEmptyPages: 1 }).toArray()).toHaveLength(2);
});

test("a prefetched page that fails throws when that page is due", async () => {
  const server = await serve(pages(ofTwo(2)[0]));
  const ids: string[] = [];
  const walk = async () => {
    for await (const { id } of list(server.url, { prefetch: true })) {
      await expect.poll(() => server.requests.length).toBe(2);
      ids.push(id);
    }
  };
  await expect(walk()).rejects.toMatchObject({ name: "ApiError", status: 500, pageToken: "p2" });
  expect(ids).toEqual(["1", "2"]);
});

test("a signal that times out on a silent server rejects with a TimeoutError", async () => {
  const server = await serve(() => {});
  const listing = list(server.url, { signal: AbortSignal.timeout(50) });
  await expect(listing.toArray()).rejects.toMatchObject({ name: "TimeoutError" });
});

test.each<[object, string]>([
  [{ maxPage: 1 }, `maxPage is not a parameter of GET ${path}; did you mean maxPages?`],
  [{ pagesize: 1 }, "did you mean pageSize?"],
  [{ clusterId: ".." }, "clusterId must not be . or .."],
  [{ limit: -1 }, "limit must be a whole number from 0, but is -1"],
  [{ maxPages: 0 }, "maxPages must be a whole number from 1, but is 0"],
])("a listing is refused with the parameters %j, and can be resumed at its page token", async (params, message) => {
  const [argument] = Object.keys(params);
  const listing = list("http://127.0.0.1:1", { pageToken: "bookmark", ...params });
  const refused = { name: "InvalidArgumentError", argument, pageToken: "bookmark" };
  await expect(listing.toArray()).rejects.toMatchObject({ ...refused, message: expect.stringContaining(message) });
});

test("a listing is refused with a page token that is too long, and cannot be resumed there", async () => {
  const listing = list("http://127.0.0.1:1", { pageToken: "x".repeat(101) });
  await expect(listing.toArray()).rejects.toMatchObject({ argument: "pageToken", pageToken: undefined });
});
