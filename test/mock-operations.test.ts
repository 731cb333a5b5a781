import { describe, expect, test } from "vitest";
import {
  body,
  inPath,
  inQuery,
  missing,
  mockOf,
  noContent,
  ok,
  response,
  sharedMock,
} from "./support/small-description.js";

describe("an operation without a list", () => {
  const note = { type: "object", required: ["text"], properties: { text: { type: "string", maxLength: 5 } } };
  const hello = response(note, { text: "hello" });
  const failure = response({ type: "object" }, { code: 3, message: "Invalid argument", more: true });
  const refused = (message: string) => ({ code: 3, message, more: true });
  const send = sharedMock({
    "/notes/{id}": {
      parameters: [inPath("id", "n1"), inQuery("size", { type: "integer", maximum: 9 })],
      get: { responses: { 200: hello } },
      put: { requestBody: body(note), responses: { 200: hello, 400: failure } },
      delete: { responses: { 204: noContent } },
    },
    "/plain": { get: { responses: { 200: { description: "-", content: { "text/plain": { example: "hello" } } } } } },
    "/nothing": { get: { responses: { 202: noContent } }, head: { responses: { 200: ok } } },
    "/made-up": { get: { responses: { 200: response(note) } } },
  });
  const long = "Request body property text must NOT have more than 5 characters";

  test.each([
    ["GET", "/notes/n1", undefined, 200, { text: "hello" }],
    ["PUT", "/notes/n1", '{"text":"new"}', 200, { text: "hello" }],
    ["PUT", "/notes/n1", '{"text":"too long"}', 400, refused(long)],
    ["PUT", "/notes/n1", "{}", 400, refused("Request body must have required property 'text'")],
    ["PUT", "/notes/n1", '{"text":', 400, { code: 3 }],
    ["PUT", "/notes/n1", undefined, 400, { code: 3 }],
    ["PUT", "/notes/n1?size=10", '{"text":"a"}', 400, refused("Request query parameter size must be <= 9")],
    ["PUT", "/notes/n1?size=1&size=2", '{"text":"a"}', 400, refused("Request query parameter size must be integer")],
    ["DELETE", "/notes/n1", undefined, 204, ""],
    ["GET", "/plain", undefined, 200, "hello"],
    ["GET", "/nothing", undefined, 202, ""],
    ["HEAD", "/nothing", undefined, 200, ""],
    ["GET", "/made-up", undefined, 200, { text: expect.any(String) }],
    ["GET", "/elsewhere", undefined, 404, { status: 404 }],
    ["POST", "/plain", undefined, 405, { status: 405 }],
  ])(
    "an operation without a list gets the described response, or a 400 that names the problem: %s %s with the body %s",
    async (method, target, text, status, wanted) => {
      const headers = { ...(text && { "content-type": "application/json" }) };
      expect(await send(target, { method, body: text, headers })).toMatchObject({ status, body: wanted });
    },
  );

  test.each([{ "content-length": "14" }, { "transfer-encoding": "chunked" }])(
    "a body of another media type is refused, sent with %o",
    async (headers) => {
      const options = { method: "PUT", body: '{"text":"new"}', headers: { "content-type": "text/plain", ...headers } };
      expect((await send("/notes/n1", options)).status).toBe(400);
    },
  );
});

const backup = { type: "object", required: ["id"], properties: { id: { type: "string" }, owner: { type: "string" } } };
const detailed = {
  ...backup,
  required: ["id", "size"],
  properties: { ...backup.properties, size: { type: "string" } },
};
const example = { id: "b0", clusterId: "c1" };
const list = (parameters: unknown[] = []) => {
  const properties = {
    backups: { type: "array", items: { allOf: [backup, { properties: { clusterId: {} } }] } },
    nextPageToken: { type: "string" },
  };
  return {
    parameters: [...parameters, inQuery("pageToken", { type: "string" })],
    get: { responses: { 200: response({ properties }, { backups: [example] }), 404: missing("c1") } },
  };
};
const paths = {
  "/backups": list(),
  "/backups/{backupId}": {
    parameters: [inPath("backupId", "b0")],
    get: { responses: { 200: response(detailed, { ...example, size: "7" }), 404: missing("b0") } },
    delete: { responses: { 204: noContent, 404: missing("b0") } },
    patch: { responses: { 200: ok } },
  },
  "/clusters/{clusterId}/backups": list([inPath("clusterId", "c1")]),
  "/clusters/{clusterId}/backups/{id}": {
    parameters: [inPath("clusterId", "c1"), inPath("id", "b0")],
    get: { responses: { 200: response(backup, example) } },
  },
};

describe("an item of a given list", () => {
  const backups = [{ id: "b1", clusterId: "c1" }, { id: "b2/ü", clusterId: "c2", size: "9" }, { id: "b3" }];
  const send = sharedMock(paths, { backups });

  test.each([
    ["GET", "/backups/b1", 200, { id: "b1", clusterId: "c1", size: "7" }],
    ["GET", "/backups/b2%2F%C3%BC", 200, { id: "b2/ü", clusterId: "c2", size: "9" }],
    ["GET", "/backups/b0", 404, { code: 5, message: "b0 not found" }],
    ["GET", "/backups/%22no%22", 404, { code: 5, message: '"no" not found' }],
    ["DELETE", "/backups/b1", 204, ""],
    ["DELETE", "/backups/b9", 404, { code: 5, message: "b9 not found" }],
    ["PATCH", "/backups/b1", 200, { done: true }],
    ["PATCH", "/backups/b9", 404, expect.objectContaining({ title: "Not Found" })],
    ["GET", "/clusters/c2/backups/b2%2F%C3%BC", 200, { id: "b2/ü", clusterId: "c2", size: "9" }],
    ["GET", "/clusters/c1/backups/b3", 200, { id: "b3" }],
    ["GET", "/clusters/c1/backups/b2%2F%C3%BC", 404, expect.objectContaining({ title: "Not Found" })],
  ])(
    "an item of a given list is found by its id and its owner: %s %s gets %s",
    async (method, target, status, wanted) => {
      const { body, ...rest } = await send(target, { method });
      expect(rest).toMatchObject({ status });
      expect(body).toEqual(wanted);
    },
  );
});

describe("an item of the examples", () => {
  const send = sharedMock(paths);

  test.each([
    ["/backups/b0", 200],
    ["/backups/b1", 404],
    ["/clusters/any/backups/b0", 200],
    ["/clusters/any/backups/b1", 404],
  ])("an item of the examples is found for any owner: %s gets %s", async (target, status) => {
    expect((await send(target)).status).toBe(status);
  });
});

test("an item of a made-up list is found by its id", async () => {
  const mock = await mockOf(paths, { backups: 3 });
  const get = async (target: string) => (await fetch(mock.url + target)).json();
  for (const { id } of (await get("/backups")).backups) expect(await get(`/backups/${id}`)).toMatchObject({ id });
});

test("a list is refused when the description has none", async () => {
  await expect(mockOf({ "/x": { get: { responses: { 200: ok } } } }, { backups: 3 })).rejects.toThrow(
    "The description has no list backups; its lists: none",
  );
});

/** A page with a list of one item. */
const pageOf = (key: string, items: unknown, value: unknown) => {
  const properties = { [key]: { type: "array", items }, nextPageToken: { type: "string" } };
  return response({ properties }, { [key]: [value] });
};

describe("an item that its path names by another field, and its custom verbs", () => {
  const topic = { type: "object", properties: { name: { type: "string" }, clusterId: { type: "string" } } };
  const cluster = { type: "object", properties: { id: { type: "string" } } };
  const parameters = [inPath("clusterId", "c1")];
  const listed = (key: string, items: unknown, value: unknown) => ({
    parameters: [inQuery("pageToken", { type: "string" })],
    responses: { 200: pageOf(key, items, value), 404: missing("c1") },
  });
  const send = sharedMock(
    {
      "/clusters": { get: listed("clusters", cluster, { id: "c1" }) },
      "/clusters/{clusterId}:stop": { parameters, post: { responses: { 200: ok, 404: missing("c1") } } },
      "/clusters/{clusterId}:logs": { parameters, get: listed("lines", { type: "integer" }, 1) },
      "/clusters/{clusterId}/topics": { parameters, get: listed("topics", topic, { name: "t", clusterId: "c1" }) },
      "/clusters/{clusterId}/topics/{topicName}": {
        parameters: [...parameters, inPath("topicName", "t")],
        get: { responses: { 200: response(topic, { name: "t" }), 404: missing("t") } },
      },
    },
    { clusters: [{ id: "c1" }, { id: "c2" }], topics: [{ name: "orders", clusterId: "c2" }], lines: [7, 8] },
  );

  test.each([
    ["GET", "/clusters/c2/topics/orders", 200, { name: "orders", clusterId: "c2" }],
    ["GET", "/clusters/c1/topics/orders", 404, {}],
    ["GET", "/clusters/c2/topics/other", 404, {}],
    ["POST", "/clusters/c2:stop", 200, { done: true }],
    ["POST", "/clusters/c3:stop", 404, { message: "c3 not found" }],
    ["GET", "/clusters/c1:logs", 200, { lines: [7, 8] }],
    ["GET", "/clusters/c2:logs", 200, {}],
    ["GET", "/clusters/c3:logs", 404, { message: "c3 not found" }],
    ["GET", "/clusters/c1/topics", 200, {}],
    ["GET", "/clusters/c3/topics", 404, { message: "c3 not found" }],
  ])(
    "an item is found by the field that its path names, and a custom verb by its item: %s %s gets %s",
    async (method, target, status, wanted) => {
      expect(await send(target, { method })).toMatchObject({ status, body: wanted });
    },
  );
});

const things = (items: unknown, value: unknown) => ({
  get: {
    parameters: [inQuery("pageToken", { type: "string" })],
    responses: { 200: pageOf("things", items, value) },
  },
});
const named = { type: "object", required: ["id"], properties: { id: { type: "string" } } };
const bothLists = { "/named": things(named, { id: "a" }), "/numbers": things({ type: "integer" }, 5) };

test.each([
  [undefined, [{ id: "a" }], [5]],
  [[{ id: "b" }, { id: "c" }], [{ id: "b" }, { id: "c" }], [5]],
  [[6, 7], [{ id: "a" }], [6, 7]],
  [2, [{ id: "a" }, { id: expect.any(String) }], [5, 5]],
])(
  "two lists with one name and different items have their own items, given %j",
  async (given, wantedNamed, wantedNumbers) => {
    const mock = await mockOf(bothLists, { things: given });
    const get = async (target: string) => (await (await fetch(mock.url + target)).json()).things;
    expect([await get("/named"), await get("/numbers")]).toEqual([wantedNamed, wantedNumbers]);
  },
);

test("an item that fits neither of two lists with one name is refused", async () => {
  await expect(mockOf(bothLists, { things: ["text"] })).rejects.toThrow("things[0] must be object");
});
