import { expect, test } from "vitest";
import { type Backup, createClient, listBackups, listClusters } from "../src/index.js";
import { readDescription } from "../src/mock/description.js";
import { findLists } from "../src/mock/list-operations.js";
import { startMockServer } from "../src/mock.js";
import { clusterId, path } from "./support/description.js";
import { get, mockWith, route } from "./support/mock.js";
import fc, { runs } from "./support/random.js";

const plain = (count: number): Backup[] => Array.from({ length: count }, (_, index) => ({ id: `${index}` }));

/** The items of a list, page by page, by nothing but HTTP. */
async function pagesOf(url: string, key: string): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let token: string | undefined;
  do {
    const { status, body } = await get(`${url}${url.includes("?") ? "&" : "?"}pageToken=${token ?? ""}`);
    expect(status).toBe(200);
    pages.push(body[key] ?? []);
    token = body.nextPageToken;
    expect(token?.length ?? 1).toBeLessThanOrEqual(100);
  } while (token);
  return pages;
}

test("a given list comes in pages of the requested size, and of 100 by default", async () => {
  const mock = await mockWith({ backups: 250 });
  const sizes = async (query: string) => (await get(`${mock.url}${route}${query}`)).body.backups.length;
  expect(await Promise.all(["?pageSize=7", "?pageSize=1000", "?pageSize=0", ""].map(sizes))).toEqual([
    7, 250, 100, 100,
  ]);
  expect((await pagesOf(mock.url + route, "backups")).map((page) => page.length)).toEqual([100, 100, 50]);
});

test("an empty list is left out of its page, and nextPageToken out of the last page", async () => {
  const [none, one] = [await mockWith({ backups: [] }), await mockWith({ backups: [{ id: "1" }] })];
  expect((await get(none.url + route)).body).toEqual({});
  expect((await get(one.url + route)).body).toEqual({ backups: [{ id: "1" }] });
});

test("a given list belongs to the clusters that its items name, or to that of the examples; other clusters are not found", async () => {
  const mine = { id: "a", sourceClusterId: "mine" };
  const { url } = await mockWith({ backups: [mine, { id: "b" }, { id: "c", sourceClusterId: "yours/ü" }] });
  const of = (cluster: string) => get(url + path.replace("{clusterId}", encodeURIComponent(cluster)));
  expect((await of("mine")).body).toEqual({ backups: [mine] });
  expect((await of(clusterId)).body).toEqual({ backups: [{ id: "b" }] });
  expect((await of("yours/ü")).body.backups).toHaveLength(1);
  expect(await of('"nobody"')).toMatchObject({
    status: 404,
    body: { code: 5, message: 'Cluster "nobody" not found' },
  });
});

test("a page token of another list or an unknown one gets 400, but another page size is accepted", async () => {
  const backups = [...plain(5), ...plain(5).map(({ id }) => ({ id: `m${id}`, sourceClusterId: "mine" }))];
  const { url } = await mockWith({ backups });
  const token = (await get(`${url}${route}?pageSize=2`)).body.nextPageToken;
  const statuses = [
    `${route}?pageToken=${token}`,
    `${route}?pageToken=${token}&pageSize=3`,
    `${route.replace(clusterId, "mine")}?pageToken=${token}`,
    `${route}?pageToken=${token}&narrower=1`,
    `${route}?pageToken=${token.slice(1)}`,
    `${route}?pageToken=${token}x`,
    `${route}?pageToken=${Buffer.from("2 2 x").toString("base64url")}`,
  ].map(async (place) => (await get(url + place)).status);
  expect(await Promise.all(statuses)).toEqual([200, 200, 400, 400, 400, 400, 400]);
});

test("a given array that is changed after the start does not change a response", async () => {
  const backups = plain(2);
  const { url } = await mockWith({ backups });
  Object.assign(backups[0] ?? {}, { id: "changed" });
  backups.push({ id: "late" });
  expect((await pagesOf(url + route, "backups")).flat()).toEqual(plain(2));
});

test("a given list is validated against the description, item by item", async () => {
  const backups = [
    { id: "1" },
    { id: 5 },
    {},
    { id: "2", createdAt: "yesterday", size: "kept" },
  ] as unknown as Backup[];
  await expect(startMockServer({ backups })).rejects.toThrow(
    `The description does not allow these backups:
backups[1].id must be string (type)
backups[2] must have required property 'id' (required)
backups[3].createdAt must match format "date-time" (format)`,
  );
});

test("two iterations of any list reach its end, with any page sizes and in any order of requests", async () => {
  const item = fc.record({ id: fc.string(), folderId: fc.string(), more: fc.jsonValue() }, { requiredKeys: ["id"] });
  const pageSize = fc.integer({ min: 0, max: 7 });
  // Which walk goes on, with a page of which size, and whether it asks twice, as after a lost response.
  const step = fc.record({ which: fc.nat({ max: 1 }), pageSize, again: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 20 }), fc.array(step, { maxLength: 30 }), async (items, steps) => {
      await using mock = await startMockServer({ backups: items as Backup[] });
      const wanted = JSON.parse(JSON.stringify(items));
      const walks = [0, 1].map(() => ({ got: [] as unknown[], token: "" as string | undefined }));
      const rest = [0, 1].flatMap((which) => Array.from({ length: 21 }, () => ({ which, pageSize: 1, again: false })));
      for (const { which, pageSize, again } of [...steps, ...rest]) {
        const one = walks[which];
        if (one?.token === undefined) continue;
        const url = `${mock.url}${route}?pageSize=${pageSize}&pageToken=${one.token}`;
        const { body } = await get(url);
        if (again) expect((await get(url)).body).toEqual(body);
        one.got.push(...(body.backups ?? []));
        one.token = body.nextPageToken;
      }
      for (const one of walks) expect(one).toEqual({ got: wanted, token: undefined });
    }),
    runs(60),
  );
});

const list = async (options: { backups: number; seed?: number }) => {
  const { url } = await mockWith(options);
  return (await pagesOf(url + route, "backups")).flat() as Required<Backup>[];
};

test("made-up backups are plausible: newest first, finished after they were started, each with its own id", async () => {
  const backups = await list({ backups: 2500 });
  expect(new Set(backups.map(({ id }) => id)).size).toBe(2500);
  expect(backups[0]).toMatchObject({ id: `${clusterId}:2500`, sourceClusterId: clusterId });
  const started = backups.map(({ startedAt }) => Date.parse(startedAt));
  expect(started).toEqual(started.toSorted((a, b) => b - a));
  const took = backups.slice(1).map(({ createdAt }, index) => Date.parse(createdAt) - Number(started[index + 1]));
  expect(Math.min(...took)).toBeGreaterThan(0);
  expect(Math.max(...took)).toBeLessThan(60 * 60 * 1000);
});

test("made-up backups are the same for the same seed, and different for another", async () => {
  const [one, same, other] = [
    await list({ backups: 20 }),
    await list({ backups: 20, seed: 1 }),
    await list({ backups: 20, seed: 2 }),
  ];
  expect(same).toEqual(one);
  expect(other.map(({ startedAt }) => startedAt)).not.toEqual(one.map(({ startedAt }) => startedAt));
});

test("a hundred thousand made-up backups have valid times", async () => {
  const { url } = await mockWith({ backups: 100_000 });
  expect((await get(`${url}${route}?pageSize=1000`)).body.backups).toHaveLength(1000);
});

test("every list operation of the description pages in the same way", async () => {
  const lists = findLists((await readDescription("openapi/openapi.yaml")).operations);
  const mock = await mockWith(Object.fromEntries(lists.map(({ key }) => [key, 250])));
  expect(mock.examplePaths).toHaveLength(lists.length);
  for (const [index, { key, owners, pageSize }] of lists.entries()) {
    const url = `${mock.url}${mock.examplePaths[index]}`;
    const pages = await pagesOf(url, key);
    expect(pages.map((page) => page.length)).toEqual(
      Array.from({ length: Math.ceil(250 / pageSize) }, (_, page) => Math.min(pageSize, 250 - page * pageSize)),
    );
    expect(new Set(pages.flat().map((item) => JSON.stringify(item))).size).toBe(250);
    if (!owners[0]) continue;
    const unknown = url.replace(owners[0].example, "unknown");
    expect(await get(unknown)).toMatchObject({ status: 404, body: { code: 5 } });
  }
});

test("a list operation without a given list has its examples", async () => {
  const mock = await mockWith({ backups: 1 });
  const responses = await Promise.all(mock.examplePaths.map((place) => get(mock.url + place)));
  for (const { body } of responses) expect(body.backups ?? [1]).toHaveLength(1);
  expect(responses.flatMap(({ body }) => body.clusters ?? [])).toMatchObject([
    { name: expect.stringMatching(/^\D+$/) },
    {},
  ]);
});

test("the backups of each listed cluster can be listed, with given and with made-up clusters", async () => {
  for (const options of [{ backups: 7 }, { backups: 7, clusters: 12 }]) {
    const { url: baseUrl } = await mockWith(options);
    const client = createClient({ baseUrl, token: "any" });
    const clusters = await listClusters(client, { folderId: "b1g4d7f0s2j5l8p3r6w9" }).toArray();
    const counts = clusters.map(async ({ id }) => (await listBackups(client, { clusterId: id }).toArray()).length);
    expect((await Promise.all(counts)).toSorted((a, b) => b - a)).toEqual([7, ...clusters.slice(1).map(() => 0)]);
  }
});
