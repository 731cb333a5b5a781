import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Config, lint, lintFromString, loadConfig, stringifyYaml } from "@redocly/openapi-core";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { load, loadAll } from "../scripts/description/load.js";
import { generate } from "../scripts/generate/files.js";
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
  const problems = await lintFromString({
    source: stringifyYaml(description),
    absoluteRef: path.resolve(spec),
    config,
  });
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
const server = { url: "https://other.example", description: "Another." };

/** Adds an optional text to the query of an operation, or what is given. */
const addParameter =
  (given: object) =>
  (description: Node): void => {
    const added = { name: "added", in: "query", description: "Added.", schema: short, example: "a", ...given };
    const list = at(description, "paths", route, "get", "parameters") as unknown as unknown[];
    list.push(JSON.parse(JSON.stringify(added)));
  };

const setSchema = (schema: object) => set({ description: "-", ...schema }, ...schemas, "Book", "properties", "added");

const addBody = (content: object) => set({ requestBody: { content } }, "paths", route, "post");

test("the descriptions break no rule, nor does that of the library", async () => {
  await loadAll(process.cwd());
  expect(await broken(() => {})).toEqual([]);
});

test("a rule that compares two places looks into the files that they stand in", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "description-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const description: Node = JSON.parse(JSON.stringify(bundled));
  const first = at(description, ...examples, "FirstPage");
  const other = { summary: "Another page.", value: { nextPageToken: at(first, "value")["nextPageToken"] } };
  set({ first, other: { $ref: "./other.yaml" } }, ...ok, "content", "application/json", "examples")(description);
  await writeFile(path.join(root, "other.yaml"), stringifyYaml(other));
  await writeFile(path.join(root, "openapi.yaml"), stringifyYaml(description));
  const problems = await lint({ ref: path.join(root, "openapi.yaml"), config });
  expect(problems.map(({ ruleId, message }) => [ruleId, message])).toContainEqual([
    "house/page-examples-chain",
    `Two examples have the nextPageToken ${other.value.nextPageToken}.`,
  ]);
});

describe("the lint refuses a description", () => {
  test.each<[string, string, (description: Node) => void]>([
    [
      "a page size without a maximum",
      "rule/page-size-has-maximum",
      remove(...parameters, "PageSize", "schema", "maximum"),
    ],
    [
      "a string parameter without maxLength",
      "rule/string-parameter-has-max-length",
      remove(...parameters, "ShelfId", "schema", "maxLength"),
    ],
    [
      "a response without an example",
      "rule/response-content-has-example",
      remove("components", "responses", "NotFound", "content", "application/json", "examples"),
    ],
    ["an example without a summary", "rule/example-has-summary", remove(...examples, "NotFound", "summary")],
    [
      "a header without a description",
      "rule/header-has-description",
      remove("components", "headers", "RetryAfter", "description"),
    ],
    ["a link without a description", "rule/link-has-description", remove(...ok, "links", "NextPage", "description")],
    ["a response with an empty description", "rule/response-has-description", set("", ...ok, "description")],
    ["a schema without a description", "rule/schema-has-description", remove(...schemas, "Book", "description")],
    [
      "a property without a description",
      "rule/property-has-description",
      remove(...schemas, "Book", "properties", "roomId", "description"),
    ],
    [
      "a detail's property without a description",
      "rule/property-has-description",
      remove(...schemas, "StatusDetail", "properties", "@type", "description"),
    ],
    [
      "a security scheme without a description",
      "rule/security-scheme-has-description",
      remove("components", "securitySchemes", "token", "description"),
    ],
    ["a server without a description", "rule/server-has-description", remove("servers", "0", "description")],
    ["an operation without a description", "operation-description", remove("paths", route, "get", "description")],
    ["a parameter without a description", "parameter-description", remove(...parameters, "PageToken", "description")],
    ["a tag without a description", "tag-description", remove("tags", "0", "description")],
    [
      "nextPageToken without pageToken",
      "house/paging-fields-together",
      (description) => (at(description, "paths", route, "get", "parameters") as unknown as unknown[]).pop(),
    ],
    [
      "pageToken without nextPageToken",
      "house/paging-fields-together",
      remove(...schemas, "ListBooksResponse", "properties", "nextPageToken"),
    ],
    [
      "page examples that never end",
      "house/page-examples-chain",
      (description) => {
        set("one-more", ...examples, "LastPage", "value", "nextPageToken")(description);
        set("and-more", ...examples, "EmptyList", "value", "nextPageToken")(description);
      },
    ],
    [
      "a second page after one without a token",
      "house/page-examples-chain",
      remove(...examples, "FirstPage", "value", "nextPageToken"),
    ],
    [
      "two pages with one token",
      "house/page-examples-chain",
      set("second", ...examples, "SecondPage", "value", "nextPageToken"),
    ],
    [
      "a page that goes on after the end",
      "house/page-examples-chain",
      set("one-more", ...examples, "EmptyList", "value", "nextPageToken"),
    ],
    ["a schema whose name is an export of the package", "house/schema-name", set(text, ...schemas, "ApiError")],
    ["a schema whose name is used in the types", "house/schema-name", set(text, ...schemas, "Record")],
    ["a schema whose name is no type's", "house/schema-name", set(text, ...schemas, "book-kind")],
    [
      "a schema that is a list of itself",
      "house/schema-cycle",
      set({ type: "array", items: { $ref: "#/components/schemas/Lists" } }, ...schemas, "Lists"),
    ],
    [
      "a schema that is a choice of itself",
      "house/schema-cycle",
      set({ anyOf: [text, { $ref: "#/components/schemas/Choice" }] }, ...schemas, "Choice"),
    ],
    ["a server that is relative", "rule/server-is-absolute", set("/api", "servers", "0", "url")],
    ["a server with http:", "rule/server-is-absolute", set("http://other.example", "servers", "0", "url")],
    ["a server with variables", "rule/server-is-absolute", set("https://{region}.example", "servers", "0", "url")],
    ["a server of a path", "rule/path-has-no-servers", set([server], "paths", route, "servers")],
    ["a server of an operation", "rule/operation-has-no-servers", set([server], "paths", route, "get", "servers")],
    ["no security", "house/one-security", set([], "security")],
    ["a choice of security", "house/one-security", set([{ token: [] }, {}], "security")],
    ["an operation without security", "house/one-security", set([], "paths", route, "get", "security")],
    [
      "an API key",
      "rule/security-scheme-is-bearer",
      set({ type: "apiKey", in: "header", name: "key" }, "components", "securitySchemes", "token"),
    ],
    ["a cookie", "house/parameter", addParameter({ in: "cookie" })],
    ["a parameter with content", "house/parameter", addParameter({ content: json, schema: undefined })],
    ["reserved characters", "house/parameter", addParameter({ allowReserved: true })],
    [
      "a required parameter without an example",
      "house/parameter",
      addParameter({ required: true, example: undefined }),
    ],
    ["a header that OpenAPI ignores", "house/parameter", addParameter({ in: "header", name: "Accept" })],
    ["a name that cannot stand in a query", "house/parameter", addParameter({ name: "a&b" })],
    ["a header that is an object", "house/parameter", addParameter({ in: "header", schema: object })],
    ["a style that is not the header's", "house/parameter", addParameter({ in: "header", style: "form" })],
    ["the style deepObject of a text", "house/parameter", addParameter({ style: "deepObject" })],
    ["the style pipeDelimited of a text", "house/parameter", addParameter({ style: "pipeDelimited" })],
    ["a list of lists as a parameter", "house/parameter", addParameter({ schema: { type: "array", items: list } })],
    ["a map as a parameter", "house/parameter", addParameter({ schema: { ...object, additionalProperties: true } })],
    ["an object that is one of several", "house/parameter", addParameter({ schema: { anyOf: [object, short] } })],
    ["an object of lists", "house/parameter", addParameter({ schema: { type: "object", properties: { a: list } } })],
    ["a pattern that is none", "house/pattern", addParameter({ schema: { ...short, pattern: "(" } })],
    ["a pattern without ^", "house/pattern", addParameter({ schema: { ...short, pattern: "a$" } })],
    ["a pattern without $", "house/pattern", addParameter({ schema: { ...short, pattern: "^a\\$" } })],
    [
      "a pattern with an end of one choice alone",
      "house/pattern",
      addParameter({ schema: { ...short, pattern: "^a|b$" } }),
    ],
    ["a limit beyond 2^53", "house/numbers", addParameter({ schema: { type: "integer", maximum: 2 ** 63 } })],
    ["a default beyond 2^53", "house/numbers", addParameter({ schema: { type: "integer", default: 2 ** 53 } })],
    [
      "an integer of 64 bits without limits",
      "house/numbers",
      set({ type: "integer", format: "int64", description: "-" }, ...schemas, "Book", "properties", "size"),
    ],
    ["multiples of 0.1", "house/numbers", addParameter({ schema: { type: "number", multipleOf: 0.1 } })],
    ["a choice without a type", "house/choices", addParameter({ schema: { anyOf: [short, { maxLength: 3 }] } })],
    [
      "a choice of required properties that it lacks",
      "house/choices",
      setSchema({ ...object, oneOf: [{ required: ["b"] }] }),
    ],
    ["an inherited part that is required alone", "house/choices", setSchema({ allOf: [object, { required: ["a"] }] })],
    [
      "two choices that a value fits",
      "house/choices",
      addParameter({ schema: { oneOf: [{ type: "integer" }, { type: "number" }] }, example: 1 }),
    ],
    ["an open enum of oneOf", "house/choices", addParameter({ schema: { oneOf: [{ ...short, enum: ["a"] }, short] } })],
    [
      "a discriminator without a choice",
      "house/choices",
      setSchema({ ...object, discriminator: { propertyName: "a" } }),
    ],
    [
      "a discriminator that gives another value than the schema",
      "house/choices",
      (description) => {
        set({ ...object, required: ["a"], properties: { a: { const: "one" } } }, ...schemas, "One")(description);
        const oneOf = [{ $ref: "#/components/schemas/One" }];
        setSchema({ oneOf, discriminator: { propertyName: "a" } })(description);
      },
    ],
    [
      "lists in two styles",
      "house/operation",
      (description) => {
        addParameter({ schema: list, example: ["a"] })(description);
        addParameter({ name: "other", schema: list, explode: false, example: ["a"] })(description);
      },
    ],
    [
      "two parameters that are sent by one name",
      "house/operation",
      (description) => {
        addParameter({ name: "a" })(description);
        addParameter({ schema: object, example: { a: "b" } })(description);
      },
    ],
    ["a parameter of a list that is an option of paginate", "house/operation", addParameter({ name: "limit" })],
    ["two parameters of a list with one name", "house/operation", addParameter({ name: "pageSize", in: "header" })],
    ["a body of a GET", "house/operation", set({ content: json }, "paths", route, "get", "requestBody")],
    ["TRACE", "house/operation", set({ responses: {} }, "paths", route, "trace")],
    ["a response that is a failure alone", "house/operation", remove(...ok)],
    ["a path that cannot stand in a URL", "house/operation", set({}, "paths", "/a b")],
    ["a segment that can become two dots", "house/operation", set({}, "paths", "/a/{b}{c}/d")],
    ["a stream", "house/success-responses", set({ "text/event-stream": text }, ...ok, "content")],
    ["a text that is an object", "house/success-responses", set({ "text/csv": { schema: object } }, ...ok, "content")],
    ["JSON or a text", "house/success-responses", set({ ...json, "text/csv": { schema: short } }, ...ok, "content")],
    ["a status without a type", "house/success-responses", set({}, "paths", route, "get", "responses", "205")],
    ["a body of parts", "house/request-body", addBody({ "multipart/form-data": { schema: object } })],
    ["a body that is a text", "house/request-body", addBody({ "text/plain": { schema: short } })],
    ["a body of two kinds", "house/request-body", addBody({ ...json, "application/merge-patch+json": {} })],
    [
      "a form that is nested",
      "house/request-body",
      addBody({ "application/x-www-form-urlencoded": { schema: { type: "object", properties: { a: object } } } }),
    ],
    ["a body without an example", "rule/request-body-has-example", addBody(json)],
    [
      "an example in another file",
      "rule/example-has-value",
      set({ summary: "It.", externalValue: "redocly.yaml" }, ...examples, "NotFound"),
    ],
    ["a page without examples", "house/page-examples-chain", set({}, ...ok, "content", "application/json", "examples")],
    [
      "an example that does not fit its schema",
      "no-invalid-media-type-examples",
      set(5, ...examples, "FirstPage", "value", "books", "0", "id"),
    ],
    [
      "an example that lacks a required field",
      "no-invalid-media-type-examples",
      remove(...examples, "FirstPage", "value", "books", "0", "id"),
    ],
    [
      "an example with a field that is misspelt",
      "no-invalid-media-type-examples",
      set("b1g", ...examples, "FirstPage", "value", "books", "0", "roomID"),
    ],
    [
      "a time stamp that is none",
      "no-invalid-media-type-examples",
      set("yesterday", ...examples, "FirstPage", "value", "books", "0", "startedAt"),
    ],
    [
      "a parameter's example above its limit",
      "no-invalid-parameter-examples",
      set(1001, ...parameters, "PageSize", "example"),
    ],
  ])("the lint refuses a description with %s", async (_, rule, edit) => {
    expect(await broken(edit)).toContain(rule);
  });

  test("by nothing else than rules: there is no ignore file", async () => {
    await expect(readFile(".redocly.lint-ignore.yaml")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

test("a pattern that says where it stands is valid", async () => {
  for (const pattern of ["^(a|b)$", "^a$|^b$", "^a.*", "^[|)]$", ".*a.*"]) {
    expect(await broken(addParameter({ schema: { ...short, pattern }, example: undefined }))).toEqual([]);
  }
});

test("time stamps of 0 to 9 digits, with Z or an offset, are valid examples", async () => {
  for (const stamp of ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.123456789Z", "2024-01-01T03:00:00.5+03:00"]) {
    expect(await broken(set(stamp, ...examples, "FirstPage", "value", "books", "0", "startedAt"))).toEqual([]);
  }
});

test("a schema in a file of its own has the name of the file", async () => {
  const root = await libraryProject();
  await writeFile(path.join(root, "openapi/components/schemas/Page.yaml"), stringifyYaml(text));
  await edit(root, "openapi/components/schemas/Book.yaml", (yaml) => `${yaml}  page:\n    $ref: ./Page.yaml\n`);
  await expect(load(root)).rejects.toThrow(
    /^openapi\/components\/schemas\/Page\.yaml:1:1 house\/schema-name: The schema Page cannot be exported.*another Page/,
  );
});

test("two schemas with one name are refused, and neither gets another name in silence", async () => {
  const root = await libraryProject();
  await writeFile(path.join(root, "openapi/BookKind.yaml"), stringifyYaml(text));
  await edit(root, "openapi/components/schemas/Book.yaml", (yaml) => {
    return `${yaml}  other:\n    $ref: ../../BookKind.yaml\n`;
  });
  await expect(load(root)).rejects.toThrow(/:\d+:\d+ bundler: Two schemas are referenced with the same name/);
});

describe("npm run lint and npm run generate", () => {
  const file = "openapi/components/parameters/ShelfId.yaml";
  const place = `${file}:5:1 rule/string-parameter-has-max-length: `;
  const brokenProject = async () => {
    const root = await libraryProject();
    await edit(root, file, (yaml) => yaml.replace("maxLength: 50", "minLength: 1"));
    return root;
  };

  test("pass with a warning", async () => {
    const root = await brokenProject();
    await edit(root, "redocly.yaml", (yaml) => yaml.replace("has-max-length:", "has-max-length:\n    severity: warn"));
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    await generate(root);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(new RegExp(`^Warning: ${place}`))]]);
  });

  test("pass with what Redocly's ignore file has", async () => {
    const root = await brokenProject();
    const ignored = { [file]: { "rule/string-parameter-has-max-length": ["#/schema"] } };
    await writeFile(path.join(root, ".redocly.lint-ignore.yaml"), stringifyYaml(ignored));
    await generate(root);
  });

  test("fail without redocly.yaml, instead of linting by other rules", async () => {
    const root = await libraryProject();
    await rm(path.join(root, "redocly.yaml"));
    await expect(generate(root)).rejects.toThrow("'redocly.yaml'");
  });
});
