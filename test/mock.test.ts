import { once } from "node:events";
import { connect } from "node:net";
import { expect, inject, test } from "vitest";
import { startMockServer } from "../src/mock.js";
import { clusterId } from "./support/description.js";
import { descriptionFile, get as fetchJson, headers, listens, mockWith, route } from "./support/mock.js";
import { serve } from "./support/server.js";

const get = (query: string, more?: Record<string, string>) => fetchJson(`${inject("mockUrl")}${route}${query}`, more);

test("the examples of the description are pages, which follow each other by their own tokens, for any cluster", async () => {
  const first = await get("");
  expect(first.body.backups).toHaveLength(3);
  const second = await get(`?pageToken=${first.body.nextPageToken}`);
  expect(second.body.backups[0].id).toBe(`${clusterId}:414`);
  const last = await get(`?pageToken=${second.body.nextPageToken}&pageSize=3`);
  expect(last.body).toMatchObject({ backups: [{ id: `${clusterId}:411` }] });
  expect(last.body).not.toHaveProperty("nextPageToken");
  expect((await get("?pageToken=")).body).toEqual(first.body);
  const other = await fetchJson(`${inject("mockUrl")}${route.replace(clusterId, "other")}`);
  expect(other.body).toEqual(first.body);
});

test.each([
  "?pageToken=nobody-gave-this",
  "?pageToken=a&pageToken=b",
  "?pageSize=abc",
  "?pageSize=1001",
  "?pageSize=1.5",
  "?pageSize=-5",
  `?pageToken=${"x".repeat(101)}`,
])("a query outside its limits gets the described 400: %s", async (query) => {
  expect(await get(query)).toEqual({
    status: 400,
    type: "application/json",
    body: expect.objectContaining({ code: 3, message: expect.any(String) }),
  });
});

test("a request without a bearer token gets 401", async () => {
  expect(await get("", {})).toMatchObject({ status: 401, body: { code: 16 } });
  expect(await get("?pageToken=nobody-gave-this", {})).toMatchObject({ status: 401, body: { code: 16 } });
});

test("a preference selects the example before a page token does", async () => {
  const token = (await get("")).body.nextPageToken;
  expect(await get(`?pageToken=${token}`, { ...headers, prefer: "code=503" })).toMatchObject({ status: 503 });
  expect((await get(`?pageToken=${token}`, { ...headers, prefer: "example=emptyList" })).body).toEqual({});
});

test.each([
  ["example=nope", 404, "nope"],
  ["code=418", 404, "418"],
  ["code=nope", 422, "code"],
])("a preference for an example that does not exist is refused and named: %s", async (prefer, status, named) => {
  const response = await get("", { ...headers, prefer });
  expect(response).toMatchObject({ status, body: { detail: expect.stringContaining(named) } });
});

test("an example that does not fit the description is a 500 that names the field, and an error of close()", async () => {
  const spec = await descriptionFile(({ components }) => {
    Object.assign(components.examples.EmptyList, { value: { backups: [{ id: 5 }] } });
  });
  const mock = await startMockServer({ spec });
  const { status, body } = await fetchJson(mock.url + route, { ...headers, prefer: "example=emptyList" });
  expect({ status, detail: body.detail }).toEqual({
    status: 500,
    detail: expect.stringContaining("backups.0.id must be"),
  });
  await expect(mock.close()).rejects.toThrow(/broke its own description:\nGET .*backups\.0\.id must be string/);
  expect(await listens(mock.url)).toBe(false);
});

test("a mock server records each request with its status, without the caller's token", async () => {
  const mock = await mockWith({});
  await fetchJson(`${mock.url}${route}?pageSize=3`, { authorization: "Bearer t1.secret" });
  await fetchJson(`${mock.url}${route}?pageToken=nope&a=1&a=2`);
  await fetchJson(`${mock.url}/elsewhere`);
  await fetchJson(mock.url + route, {});
  expect(mock.requests).toEqual([
    { method: "GET", path: route, query: { pageSize: "3" }, pageToken: undefined, status: 200 },
    { method: "GET", path: route, query: { pageToken: "nope", a: ["1", "2"] }, pageToken: "nope", status: 400 },
    { method: "GET", path: "/elsewhere", query: {}, pageToken: undefined, status: 404 },
    { method: "GET", path: route, query: {}, pageToken: undefined, status: 401 },
  ]);
  expect(JSON.stringify(mock.requests)).not.toContain("secret");
});

test("a mock server responds with 400 to a path that cannot be decoded", async () => {
  const response = await fetch(`${inject("mockUrl")}${route.replace(clusterId, "%zz")}`, { headers });
  expect(response.status).toBe(400);
});

test("a mock server listens on 127.0.0.1 only, until it is closed", async () => {
  const mock = await startMockServer();
  const { port, hostname } = new URL(mock.url);
  expect(hostname).toBe("127.0.0.1");
  expect(await listens(mock.url)).toBe(true);
  expect(await listens(`http://[::1]:${port}`)).toBe(false);
  await mock.close();
  expect(await listens(mock.url)).toBe(false);
  await mock.close();
});

test("a mock server closes while a client holds a connection without a request", async () => {
  const mock = await startMockServer();
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  await once(socket, "connect");
  const ended = once(socket, "close");
  socket.on("error", () => {});
  await mock.close();
  await ended;
});

test("fifty mock servers in one process have their own lists, and close", async () => {
  const mocks = await Promise.all(Array.from({ length: 50 }, (_, backups) => startMockServer({ backups })));
  const pages = await Promise.all(mocks.map(({ url }) => fetchJson(url + route)));
  expect(pages.map(({ body }) => body.backups?.length ?? 0)).toEqual(mocks.map((_, backups) => backups));
  await Promise.all(mocks.map((mock) => mock.close()));
  expect(await Promise.all(mocks.map(({ url }) => listens(url)))).toEqual(mocks.map(() => false));
});

test("a mock server fails on a port that is taken, names it, and sends no request to it", async () => {
  const stranger = await serve(() => {});
  const { port } = new URL(stranger.url);
  await expect(startMockServer({ port: Number(port) })).rejects.toThrow(new RegExp(`port ${port}.*EADDRINUSE`));
  expect(stranger.requests).toHaveLength(0);
});

const circular: { self?: unknown } = {};
circular.self = circular;

test.each<[Record<string, unknown>, string]>([
  [{ port: 65_536 }, "port must be a whole number from 0 to 65535, but is 65536"],
  [{ seed: 0.5 }, "seed must be a whole number from 0 to 4294967295, but is 0.5"],
  [{ backups: -1 }, "backups must be a list, or a whole number from 0 to 100000, but is -1"],
  [{ backupz: 1 }, "The description has no list backupz; its lists: backups"],
  [{ backup: 1 }, "did you mean backups?"],
  [{ sed: 1 }, "did you mean seed?"],
  [{ harr: "traffic.har" }, "did you mean har?"],
  [
    { backups: [{ id: "a" }, { size: 5n }] },
    "backups[1] cannot be sent as JSON: Do not know how to serialize a BigInt",
  ],
  [{ backups: [circular] }, "backups[0] cannot be sent as JSON: Converting circular structure"],
])("a mock server refuses the options %o", async (options, message) => {
  await expect(startMockServer(options)).rejects.toThrow(message);
});
