import { symlink } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import prism from "../node_modules/@stoplight/prism-http/package.json" with { type: "json" };
import { startMockServer } from "../src/mock.js";
import { serve } from "./support/server.js";
import { folderWith, mockOf, ok, send } from "./support/small-description.js";

const refersTo = ($ref: string) => ({ "/x": { get: { responses: { 200: { $ref } } } } });
const start = (folder: string) => startMockServer({ spec: path.join(folder, "openapi.json") });

test("a mock server reads the files of the description's folder", async () => {
  await using mock = await start(await folderWith(refersTo("./a%20b.json"), { "a b.json": JSON.stringify(ok) }));
  expect(await send(mock, "/x")).toMatchObject({ status: 200, body: { done: true } });
});

test.each<[string, (outside: string) => string]>([
  ["an absolute path", (outside) => outside],
  ["a relative path", (outside) => path.join("..", path.basename(path.dirname(outside)), "ok.json")],
  ["a URL", (outside) => `file://${outside}`],
  ["a link", () => "ok.json"],
])("a mock server refuses to read a file outside of the description's folder, by %s", async (_how, reference) => {
  const outside = path.join(await folderWith({}, { "ok.json": JSON.stringify(ok) }), "ok.json");
  const folder = await folderWith(refersTo(reference(outside)));
  await symlink(outside, path.join(folder, "ok.json"));
  await expect(start(folder)).rejects.toThrow(/refers to .*ok\.json, but only files in .* are read/);
});

test("a mock server sends no request to a URL in the description or to a callback", async () => {
  const remote = await serve((_request, response) => response.end(JSON.stringify(ok)));
  const reference = `${remote.url}/ok.json`;
  await expect(start(await folderWith(refersTo(reference)))).rejects.toThrow(`refers to ${reference}`);
  await expect(startMockServer({ spec: reference })).rejects.toThrow("no such file");
  const callbacks = { done: { [reference]: { post: { responses: { 200: ok } } } } };
  const mock = await mockOf({ "/x": { post: { callbacks, responses: { 200: ok } } } });
  expect((await send(mock, "/x", { method: "POST" })).status).toBe(200);
  expect(remote.requests).toEqual([]);
});

test("a mock server refuses a description that refers to a missing file, and names the file", async () => {
  await expect(start(await folderWith(refersTo("./lost.json")))).rejects.toThrow("lost.json");
});

test.each(["@stoplight/prism-core", "@stoplight/json-schema-ref-parser"] as const)(
  "Prism depends on %s, which src/mock/prism.ts loads from it",
  (name) => {
    expect(prism.dependencies, `Prism no longer depends on ${name}: src/mock must load another package`).toHaveProperty(
      [name],
    );
  },
);
