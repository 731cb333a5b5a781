import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Config, lint, lintFromString, loadConfig, stringifyYaml } from "@redocly/openapi-core";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { load, loadAll } from "../scripts/description/load.js";
import { generate } from "../scripts/generate/files.js";
import { temporaryFolder } from "./support/folder.js";
import { bundled, libraryProject, route, spec } from "./support/library.js";
import { edit } from "./support/project.js";

/** Any node of a description that a test is about to break. */
type Node = { [key: string]: Node };

let config: Config;

beforeAll(async () => {
  config = await loadConfig({ configPath: path.resolve("redocly.yaml") });
});

/** The rules that the bundled description breaks after an edit. */
async function broken(edit: (description: Node) => void): Promise<string[]> {
  const description: Node = JSON.parse(JSON.stringify(bundled));
  edit(description);
  const source = stringifyYaml(description);
  const problems = await lintFromString({ source, absoluteRef: path.resolve(spec), config });
  return [...new Set(problems.map(({ ruleId }) => ruleId))];
}

/** The node at these keys. */
function at(node: Node, ...keys: string[]): Node {
  return keys.reduce((parent, key) => parent[key] ?? {}, node);
}

const remove =
  (...keys: string[]) =>
  (description: Node) => {
    delete at(description, ...keys.slice(0, -1))[keys.at(-1) ?? ""];
  };

const set =
  (value: unknown, ...keys: string[]) =>
  (description: Node) => {
    at(description, ...keys.slice(0, -1))[keys.at(-1) ?? ""] = value as Node;
  };

const parameters = ["components", "parameters"];
const schemas = ["components", "schemas"];
const examples = ["components", "examples"];
const ok = ["paths", route, "get", "responses", "200"];

const text = { type: "string", description: "Some text." };
const short = { type: "string", maxLength: 9 };
const list = { type: "array", items: short };
const object = { type: "object", properties: { a: short } };
const json = { "application/json": { schema: object } };
const itself = { $ref: "#/components/schemas/Itself" };
const server = { url: "https://other.example", description: "Another." };

const parametersOf = (description: Node) => at(description, "paths", route, "get", "parameters") as unknown as Node[];

/** Adds a parameter to an operation: an optional text in the query, with these changes. */
const addParameter =
  (given: object) =>
  (description: Node): void => {
    const added = { name: "added", in: "query", description: "Added.", schema: short, example: "a", ...given };
    parametersOf(description).push(JSON.parse(JSON.stringify(added)));
  };

const setSchema = (schema: object) => set({ description: "-", ...schema }, ...schemas, "Book", "properties", "added");

const addBody = (content: object) => set({ requestBody: { content } }, "paths", route, "post");

test("the lint accepts the descriptions, and that of the library", async () => {
  await loadAll(process.cwd());
  expect(await broken(() => {})).toEqual([]);
});

test("a rule that compares two examples follows references to other files", async () => {
  const description: Node = JSON.parse(JSON.stringify(bundled));
  const first = at(description, ...examples, "FirstPage");
  const other = { summary: "Another page.", value: { nextPageToken: at(first, "value")["nextPageToken"] } };
  set({ first, other: { $ref: "./other.yaml" } }, ...ok, "content", "application/json", "examples")(description);
  const root = await temporaryFolder({
    "other.yaml": stringifyYaml(other),
    "openapi.yaml": stringifyYaml(description),
  });
  const problems = await lint({ ref: path.join(root, "openapi.yaml"), config });
  expect(problems.map(({ ruleId, message }) => [ruleId, message])).toContainEqual([
    "house/page-examples-chain",
    `Two examples have the nextPageToken ${other.value.nextPageToken}.`,
  ]);
});

/** A field that a rule requires. */
const required: readonly [rule: string, ...keys: string[]][] = [
  ["rule/page-size-has-maximum", ...parameters, "PageSize", "schema", "maximum"],
  ["rule/string-parameter-has-max-length", ...parameters, "ShelfId", "schema", "maxLength"],
  [
    "rule/response-content-has-example",
    "components",
    "responses",
    "NotFound",
    "content",
    "application/json",
    "examples",
  ],
  ["rule/example-has-summary", ...examples, "NotFound", "summary"],
  ["rule/header-has-description", "components", "headers", "RetryAfter", "description"],
  ["rule/link-has-description", ...ok, "links", "NextPage", "description"],
  ["rule/schema-has-description", ...schemas, "Book", "description"],
  ["rule/property-has-description", ...schemas, "Book", "properties", "roomId", "description"],
  ["rule/property-has-description", ...schemas, "StatusDetail", "properties", "@type", "description"],
  ["rule/security-scheme-has-description", "components", "securitySchemes", "token", "description"],
  ["rule/server-has-description", "servers", "0", "description"],
  ["operation-description", "paths", route, "get", "description"],
  ["parameter-description", ...parameters, "PageToken", "description"],
  ["tag-description", "tags", "0", "description"],
];

/** Edits that break a rule, by the rule. */
const breaking: Readonly<Record<string, Readonly<Record<string, (description: Node) => void>>>> = {
  "rule/response-has-description": { "a response with an empty description": set("", ...ok, "description") },
  "house/paging-fields-together": {
    "nextPageToken without pageToken": (description) => void parametersOf(description).pop(),
    "pageToken without nextPageToken": remove(...schemas, "ListBooksResponse", "properties", "nextPageToken"),
  },
  "house/page-examples-chain": {
    "page examples that never end": (description) => {
      set("one-more", ...examples, "LastPage", "value", "nextPageToken")(description);
      set("and-more", ...examples, "EmptyList", "value", "nextPageToken")(description);
    },
    "a second page after one without a token": remove(...examples, "FirstPage", "value", "nextPageToken"),
    "two pages with one token": set("second", ...examples, "SecondPage", "value", "nextPageToken"),
    "a page that goes on after the end": set("one-more", ...examples, "EmptyList", "value", "nextPageToken"),
    "a page without examples": set({}, ...ok, "content", "application/json", "examples"),
  },
  "house/schema-name": {
    "a schema whose name is an export of the package": set(text, ...schemas, "ApiError"),
    "a schema whose name is used in the types": set(text, ...schemas, "Record"),
    "a schema whose name cannot be a type's": set(text, ...schemas, "book-kind"),
  },
  "house/schema-cycle": {
    "a schema that is a list of itself": set({ type: "array", items: itself }, ...schemas, "Itself"),
    "a schema that is a choice of itself": set({ anyOf: [text, itself] }, ...schemas, "Itself"),
  },
  "rule/server-is-absolute": {
    "a server that is relative": set("/api", "servers", "0", "url"),
    "a server with http:": set("http://other.example", "servers", "0", "url"),
    "a server with variables": set("https://{region}.example", "servers", "0", "url"),
  },
  "rule/path-has-no-servers": { "a server of a path": set([server], "paths", route, "servers") },
  "rule/operation-has-no-servers": { "a server of an operation": set([server], "paths", route, "get", "servers") },
  "house/one-security": {
    "an empty list of security": set([], "security"),
    "a choice of security": set([{ token: [] }, {}], "security"),
    "an operation without security": set([], "paths", route, "get", "security"),
  },
  "rule/security-scheme-is-bearer": {
    "an API key": set({ type: "apiKey", in: "header", name: "key" }, "components", "securitySchemes", "token"),
  },
  "house/parameter": {
    "a cookie": addParameter({ in: "cookie" }),
    "a parameter with content": addParameter({ content: json, schema: undefined }),
    "reserved characters": addParameter({ allowReserved: true }),
    "a required parameter without an example": addParameter({ required: true, example: undefined }),
    "a header that OpenAPI ignores": addParameter({ in: "header", name: "Accept" }),
    "a name that cannot stand in a query": addParameter({ name: "a&b" }),
    "a header that is an object": addParameter({ in: "header", schema: object }),
    "a style that is not the header's": addParameter({ in: "header", style: "form" }),
    "the style deepObject of a text": addParameter({ style: "deepObject" }),
    "the style pipeDelimited of a text": addParameter({ style: "pipeDelimited" }),
    "a list of lists as a parameter": addParameter({ schema: { type: "array", items: list } }),
    "a map as a parameter": addParameter({ schema: { ...object, additionalProperties: true } }),
    "an object that is one of several": addParameter({ schema: { anyOf: [object, short] } }),
    "an object of lists": addParameter({ schema: { type: "object", properties: { a: list } } }),
  },
  "house/pattern": {
    "a pattern that is not a regular expression": addParameter({ schema: { ...short, pattern: "(" } }),
    "a pattern without ^": addParameter({ schema: { ...short, pattern: "a$" } }),
    "a pattern without $": addParameter({ schema: { ...short, pattern: "^a\\$" } }),
    "a pattern with an end of one choice alone": addParameter({ schema: { ...short, pattern: "^a|b$" } }),
  },
  "house/numbers": {
    "a limit beyond 2^53": addParameter({ schema: { type: "integer", maximum: 2 ** 63 } }),
    "a default beyond 2^53": addParameter({ schema: { type: "integer", default: 2 ** 53 } }),
    "an integer of 64 bits without limits": setSchema({ type: "integer", format: "int64" }),
    "multiples of 0.1": addParameter({ schema: { type: "number", multipleOf: 0.1 } }),
  },
  "house/choices": {
    "a choice without a type": addParameter({ schema: { anyOf: [short, { maxLength: 3 }] } }),
    "a choice of required properties that it lacks": setSchema({ ...object, oneOf: [{ required: ["b"] }] }),
    "an inherited part that is required alone": setSchema({ allOf: [object, { required: ["a"] }] }),
    "two choices that a value fits": addParameter({
      schema: { oneOf: [{ type: "integer" }, { type: "number" }] },
      example: 1,
    }),
    "an open enum of oneOf": addParameter({ schema: { oneOf: [{ ...short, enum: ["a"] }, short] } }),
    "a discriminator without a choice": setSchema({ ...object, discriminator: { propertyName: "a" } }),
    "a discriminator that gives another value than the schema": (description) => {
      set({ ...object, required: ["a"], properties: { a: { const: "one" } } }, ...schemas, "One")(description);
      const oneOf = [{ $ref: "#/components/schemas/One" }];
      setSchema({ oneOf, discriminator: { propertyName: "a" } })(description);
    },
  },
  "house/operation": {
    "lists in two styles": (description) => {
      addParameter({ schema: list, example: ["a"] })(description);
      addParameter({ name: "other", schema: list, explode: false, example: ["a"] })(description);
    },
    "two parameters that are sent by one name": (description) => {
      addParameter({ name: "a" })(description);
      addParameter({ schema: object, example: { a: "b" } })(description);
    },
    "a parameter of a list that is an option of paginate": addParameter({ name: "limit" }),
    "two parameters of a list with one name": addParameter({ name: "pageSize", in: "header" }),
    "a body of a GET": set({ content: json }, "paths", route, "get", "requestBody"),
    "the method TRACE": set({ responses: {} }, "paths", route, "trace"),
    "a response that is a failure alone": remove(...ok),
    "a path that cannot stand in a URL": set({}, "paths", "/a b"),
    "a segment that can become two dots": set({}, "paths", "/a/{b}{c}/d"),
  },
  "house/success-responses": {
    "a stream": set({ "text/event-stream": text }, ...ok, "content"),
    "a text that is an object": set({ "text/csv": { schema: object } }, ...ok, "content"),
    "JSON or a text": set({ ...json, "text/csv": { schema: short } }, ...ok, "content"),
    "a status without a type": set({}, "paths", route, "get", "responses", "205"),
  },
  "house/request-body": {
    "a body of parts": addBody({ "multipart/form-data": { schema: object } }),
    "a body that is a text": addBody({ "text/plain": { schema: short } }),
    "a body of two kinds": addBody({ ...json, "application/merge-patch+json": {} }),
    "a form that is nested": addBody({
      "application/x-www-form-urlencoded": { schema: { type: "object", properties: { a: object } } },
    }),
  },
  "rule/request-body-has-example": { "a body without an example": addBody(json) },
  "rule/example-has-value": {
    "an example in another file": set({ summary: "It.", externalValue: "redocly.yaml" }, ...examples, "NotFound"),
  },
  "no-invalid-media-type-examples": {
    "an example that does not fit its schema": set(5, ...examples, "FirstPage", "value", "books", "0", "id"),
    "an example that lacks a required field": remove(...examples, "FirstPage", "value", "books", "0", "id"),
    "an example with a field that is misspelt": set("b1g", ...examples, "FirstPage", "value", "books", "0", "roomID"),
    "a string that is not a time stamp": set("yesterday", ...examples, "FirstPage", "value", "books", "0", "startedAt"),
  },
  "no-invalid-parameter-examples": {
    "a parameter's example above its limit": set(1001, ...parameters, "PageSize", "example"),
  },
};

const edits = [
  ...required.map(([rule, ...keys]) => [rule, `without ${keys.join(".")}`, remove(...keys)] as const),
  ...Object.entries(breaking).flatMap(([rule, edits]) =>
    Object.entries(edits).map(([title, edit]) => [rule, `with ${title}`, edit] as const),
  ),
];

test.each(edits)("the rule %s refuses a description %s", async (rule, _, edit) => {
  expect(await broken(edit)).toContain(rule);
});

test("the lint has no ignore file", async () => {
  await expect(readFile(".redocly.lint-ignore.yaml")).rejects.toMatchObject({ code: "ENOENT" });
});

test("the lint accepts a pattern with ^ and $, or with .* at its ends", async () => {
  for (const pattern of ["^(a|b)$", "^a$|^b$", "^a.*", "^[|)]$", ".*a.*"]) {
    expect(await broken(addParameter({ schema: { ...short, pattern }, example: undefined }))).toEqual([]);
  }
});

test("the lint accepts time stamps of 0 to 9 fractional digits, with Z or an offset", async () => {
  for (const stamp of ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.123456789Z", "2024-01-01T03:00:00.5+03:00"]) {
    expect(await broken(set(stamp, ...examples, "FirstPage", "value", "books", "0", "startedAt"))).toEqual([]);
  }
});

test("a schema in a file of its own is refused when the name of the file is taken", async () => {
  const root = await libraryProject();
  await writeFile(path.join(root, "openapi/components/schemas/Page.yaml"), stringifyYaml(text));
  await edit(root, "openapi/components/schemas/Book.yaml", (yaml) => `${yaml}  page:\n    $ref: ./Page.yaml\n`);
  await expect(load(root)).rejects.toThrow(
    /^openapi\/components\/schemas\/Page\.yaml:1:1 house\/schema-name: The schema Page cannot be exported.*another Page/,
  );
});

test("two schemas with one name are refused", async () => {
  const root = await libraryProject();
  await writeFile(path.join(root, "openapi/BookKind.yaml"), stringifyYaml(text));
  await edit(root, "openapi/components/schemas/Book.yaml", (yaml) => {
    return `${yaml}  other:\n    $ref: ../../BookKind.yaml\n`;
  });
  await expect(load(root)).rejects.toThrow(/:\d+:\d+ bundler: Two schemas are referenced with the same name/);
});

const file = "openapi/components/parameters/ShelfId.yaml";
const place = `${file}:5:1 rule/string-parameter-has-max-length: `;
const brokenProject = async () => {
  const root = await libraryProject();
  await edit(root, file, (yaml) => yaml.replace("maxLength: 50", "minLength: 1"));
  return root;
};

test("lint and generation print a warning, and pass", async () => {
  const root = await brokenProject();
  await edit(root, "redocly.yaml", (yaml) => yaml.replace("has-max-length:", "has-max-length:\n    severity: warn"));
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  await generate(root);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(new RegExp(`^Warning: ${place}`))]]);
});

test("lint and generation pass with a problem that Redocly's ignore file lists", async () => {
  const root = await brokenProject();
  const ignored = { [file]: { "rule/string-parameter-has-max-length": ["#/schema"] } };
  await writeFile(path.join(root, ".redocly.lint-ignore.yaml"), stringifyYaml(ignored));
  await generate(root);
});

test("lint and generation fail without redocly.yaml", async () => {
  const root = await libraryProject();
  await rm(path.join(root, "redocly.yaml"));
  await expect(generate(root)).rejects.toThrow("'redocly.yaml'");
});
