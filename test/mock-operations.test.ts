import { describe, expect, test } from "vitest";
import {
  bad,
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
  const send = sharedMock({
    "/notes/{id}": {
      parameters: [inPath("id", "n1")],
      get: { responses: { 200: response(note, { text: "hello" }) } },
      put: { requestBody: body(note), responses: { 200: response(note, { text: "hello" }), 400: bad } },
      delete: { responses: { 204: noContent } },
    },
    "/plain": { get: { responses: { 200: { description: "-", content: { "text/plain": { example: "hello" } } } } } },
    "/nothing": { get: { responses: { 202: noContent } }, head: { responses: { 200: ok } } },
    "/made-up": { get: { responses: { 200: response(note) } } },
  });

  test.each([
    ["GET", "/notes/n1", undefined, 200, { text: "hello" }],
    ["PUT", "/notes/n1", '{"text":"new"}', 200, { text: "hello" }],
    ["PUT", "/notes/n1", '{"text":"too long"}', 400, { code: 3 }],
    ["PUT", "/notes/n1", '{"text":', 400, { code: 3 }],
    ["PUT", "/notes/n1", undefined, 400, { code: 3 }],
    ["DELETE", "/notes/n1", undefined, 204, ""],
    ["GET", "/plain", undefined, 200, "hello"],
    ["GET", "/nothing", undefined, 202, ""],
    ["HEAD", "/nothing", undefined, 200, ""],
    ["GET", "/made-up", undefined, 200, { text: expect.any(String) }],
    ["GET", "/elsewhere", undefined, 404, { status: 404 }],
    ["POST", "/plain", undefined, 405, { status: 405 }],
  ])(
    "an operation without a list gets the described response: %s %s with the body %s",
    async (method, target, text, status, wanted) => {
      const headers = { ...(text && { "content-type": "application/json" }) };
      expect(await send(target, { method, body: text, headers })).toMatchObject({ status, body: wanted });
    },
  );

  test.each(["content-length", "transfer-encoding"])(
    "a body of another media type is refused, sent with %s",
    async (name) => {
      const headers = { "content-type": "text/plain", [name]: name === "content-length" ? "14" : "chunked" };
      expect((await send("/notes/n1", { method: "PUT", body: '{"text":"new"}', headers })).status).toBe(400);
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

test("a made-up item is found", async () => {
  const mock = await mockOf(paths, { backups: 3 });
  const get = async (target: string) => (await fetch(mock.url + target)).json();
  for (const { id } of (await get("/backups")).backups) expect(await get(`/backups/${id}`)).toMatchObject({ id });
  await mock.close();
});

test("a list that is given for a description without lists is refused", async () => {
  await expect(mockOf({ "/x": { get: { responses: { 200: ok } } } }, { backups: 3 })).rejects.toThrow(
    "The description has no list backups; its lists: none",
  );
});
