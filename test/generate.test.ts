import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { LintError, loadAll } from "../scripts/description/load.js";
import { check, generate } from "../scripts/generate/files.js";
import { libraryProject } from "./support/library.js";
import { contents, edit } from "./support/project.js";

const ofLibrary = ["openapi.json", "openapi.ts", "operations.ts", "schemas.ts"].map((name) => `generated/${name}`);
const ofTokens = ofLibrary.map((name) => name.replace("generated", "generated/tokens"));
const files = [...ofLibrary, ...ofTokens];

const pageSize = "openapi/components/parameters/PageSize.yaml";

test("generate writes the same text every time, with LF line ends and a banner", async () => {
  const root = await libraryProject();
  const before = await contents(root);
  await rm(path.join(root, "generated"), { recursive: true });
  expect((await generate(root)).sort()).toEqual(files);
  expect(await generate(root)).toEqual([]);
  const first = await contents(root);
  expect(first).toEqual(before);
  for (const [name, text] of Object.entries(first)) {
    expect(text).not.toContain("\r");
    if (name.endsWith(".ts"))
      expect(text).toMatch(/^\/\/ Generated from openapi\/(openapi|tokens)\.yaml .* Do not edit\.\n/);
  }
});

test("generate writes a changed limit into the types and the operations", async () => {
  const root = await libraryProject();
  await edit(root, pageSize, (text) => text.replace("maximum: 1000", "maximum: 500"));
  expect((await generate(root)).sort()).toEqual(ofLibrary.filter((name) => !name.endsWith("schemas.ts")));
  const { "openapi.ts": types, "operations.ts": facts } = await contents(root);
  expect(types).toContain("(minimum 0, maximum 500, default 100)");
  expect(facts).toContain('"maximum":500');
});

test("generate changes nothing when the lint fails, and names the place", async () => {
  const root = await libraryProject();
  const file = "openapi/components/parameters/ShelfId.yaml";
  await edit(root, file, (text) => text.replace("maxLength: 50", "minLength: 1"));
  const before = await contents(root);
  await expect(generate(root)).rejects.toThrow(
    /^openapi\/components\/parameters\/ShelfId\.yaml:5:1 rule\/string-parameter-has-max-length: /,
  );
  expect(await contents(root)).toEqual(before);
});

test("generate restores all files when it fails in the middle of writing", async () => {
  const root = await libraryProject();
  await edit(root, pageSize, (text) => text.replace("maximum: 1000", "maximum: 500"));
  const before = await contents(root);
  delete before["operations.ts"];
  await rm(path.join(root, "generated/operations.ts"));
  await mkdir(path.join(root, "generated/operations.ts/in-the-way"), { recursive: true });
  await expect(generate(root)).rejects.toThrow("rename");
  await rm(path.join(root, "generated/operations.ts"), { recursive: true });
  expect(await contents(root)).toEqual(before);
});

test("a missing file, broken YAML and a missing configuration are errors that name the file", async () => {
  const root = await libraryProject();
  const page = "openapi/components/schemas/ListBooksResponse.yaml";
  await edit(root, page, (text) => text.replace("Book.yaml", "Nothing.yaml"));
  await expect(loadAll(root)).rejects.toThrow(LintError);
  await writeFile(path.join(root, "openapi/openapi.yaml"), "openapi: [");
  await expect(loadAll(root)).rejects.toThrow("openapi.yaml");
  await rm(path.join(root, "redocly.yaml"));
  await expect(loadAll(root)).rejects.toThrow("redocly.yaml");
});

test("check names each stale and missing file, and writes nothing", async () => {
  const root = await libraryProject();
  await edit(root, "generated/operations.ts", (text) => text.replace("1000", "999"));
  await rm(path.join(root, "generated/openapi.json"));
  const before = await contents(root);
  const times = await stat(path.join(root, "generated/operations.ts"));
  expect(await check(root)).toEqual(["generated/openapi.json is missing", "generated/operations.ts is stale"]);
  expect(await contents(root)).toEqual(before);
  expect((await stat(path.join(root, "generated/operations.ts"))).mtimeMs).toBe(times.mtimeMs);
});

test("check accepts CRLF line ends", async () => {
  const root = await libraryProject();
  for (const file of files) await edit(root, file, (text) => text.replaceAll("\n", "\r\n"));
  expect(await check(root)).toEqual([]);
  expect((await generate(root)).sort()).toEqual(files);
});
