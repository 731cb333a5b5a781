import { beforeAll, describe, expect, test } from "vitest";
import { type Change, compare, type Impact } from "../scripts/diff/compare.js";

const string = { type: "string" };
const q = { name: "q", in: "query", schema: string };
const size = { name: "size", in: "query", schema: { type: "integer", maximum: 10 } };
const shared = { $ref: "#/components/parameters/Shared" };
const json = { content: { "application/json": { schema: string } } };
const server = (url: string, description = "x") => ({ url, description });
const root = [server("https://root.example")];
const key = [{ key: [] }];

/** A list operation. */
const get = (more: object = {}, ok: object = json) => ({
  get: { responses: { 200: { description: "It.", ...ok } }, ...more },
});
/** An operation with a body. */
const post = (requestBody?: object) => ({
  post: { ...(requestBody && { requestBody }), responses: { 204: { description: "Done." } } },
});
const withParameters = (...parameters: object[]) => get({ parameters });
const headers = (header: object) => ({ ...json, headers: { "X-Id": { schema: string, ...header } } });

/** A path before and now, what the change asks for, and what is said of it. */
type Row = [change: string, impact: Impact | "nothing", reason: string, before: object, now: object];

const rows: Row[] = [
  [
    "a parameter moves to the path",
    "nothing",
    "",
    withParameters(q, size),
    { ...withParameters(size), parameters: [q] },
  ],
  ["a parameter moves to the operation", "nothing", "", { ...get(), parameters: [q] }, withParameters(q)],
  [
    "a parameter that an operation replaces moves",
    "nothing",
    "",
    { ...withParameters(q), parameters: [{ ...q, required: true }] },
    withParameters(q),
  ],
  ["parameters in another order", "nothing", "", withParameters(q, size), withParameters(size, q)],
  [
    "a parameter is shared",
    "nothing",
    "",
    withParameters({ name: "shared", in: "query", schema: string }),
    withParameters(shared),
  ],
  [
    "a parameter is written inline",
    "nothing",
    "",
    withParameters(shared),
    withParameters({ name: "shared", in: "query", schema: string }),
  ],
  [
    "a parameter says what goes without saying",
    "nothing",
    "",
    withParameters(q),
    withParameters({ ...q, required: false, style: "form", explode: true }),
  ],
  ["an empty list of parameters", "nothing", "", get(), withParameters()],
  ["security is repeated", "nothing", "", get(), get({ security: key })],
  ["servers are repeated", "nothing", "", get(), { ...get(), servers: root }],
  ["a body is optional in words", "nothing", "", post(json), post({ ...json, required: false })],

  ["a parameter is removed", "major", "`q` query parameter was removed", withParameters(q, size), withParameters(size)],
  ["the last parameter is removed", "major", "removed", withParameters(q), get()],
  ["an optional parameter is added", "minor", "q can be sent", withParameters(size), withParameters(size, q)],
  ["the first parameter is added", "minor", "q can be sent", get(), withParameters(q)],
  [
    "a required parameter is added",
    "major",
    "Required `q`",
    withParameters(size),
    withParameters(size, { ...q, required: true }),
  ],
  [
    "a parameter of the path becomes required",
    "major",
    "became required",
    { ...get(), parameters: [q] },
    { ...get(), parameters: [{ ...q, required: true }] },
  ],
  ["a parameter becomes optional", "minor", "optional", withParameters({ ...q, required: true }), withParameters(q)],
  ["a parameter is renamed", "major", "renamed", withParameters(q), withParameters({ ...q, name: "where" })],
  ["a parameter is deprecated", "minor", "deprecated", withParameters(q), withParameters({ ...q, deprecated: true })],
  [
    "a parameter is described at length",
    "patch",
    "changed",
    withParameters({ ...q, description: "x" }),
    withParameters({ ...q, description: "y".repeat(999) }),
  ],
  [
    "a parameter of many values takes any",
    "minor",
    "more is accepted",
    withParameters({ ...q, schema: { ...string, enum: [..."abcdefghijklmnopqrstuvwxyz"] } }),
    withParameters(q),
  ],
  [
    "a parameter has another type",
    "major",
    "narrowed",
    withParameters(q),
    withParameters({ ...q, schema: { type: "integer" } }),
  ],
  [
    "a maximum is lowered",
    "major",
    "Upper bound",
    withParameters(size),
    withParameters({ ...size, schema: { type: "integer", maximum: 5 } }),
  ],
  [
    "a maximum is raised",
    "minor",
    "was 10 and is 20",
    withParameters(size),
    withParameters({ ...size, schema: { type: "integer", maximum: 20 } }),
  ],
  [
    "a parameter gets an enum",
    "major",
    "Enum",
    withParameters(q),
    withParameters({ ...q, schema: { ...string, enum: ["a"] } }),
  ],
  [
    "a default is told",
    "minor",
    'The default is "x"',
    withParameters(q),
    withParameters({ ...q, schema: { ...string, default: "x" } }),
  ],
  [
    "a default is removed",
    "major",
    "is not set",
    withParameters({ ...q, schema: { ...string, default: "x" } }),
    withParameters(q),
  ],
  [
    "a parameter has another example",
    "patch",
    "`example`",
    withParameters({ ...q, example: "a" }),
    withParameters({ ...q, example: "b" }),
  ],
  [
    "a parameter is serialized otherwise",
    "major",
    "explode",
    withParameters(q),
    withParameters({ ...q, explode: false }),
  ],
  [
    "a parameter is sent as JSON",
    "major",
    "The serialization of the parameter changed",
    withParameters(q),
    withParameters({ name: "q", in: "query", ...json }),
  ],

  ["an operation is added", "minor", "was added", get(), { ...get(), ...post() }],
  ["an operation is removed", "major", "was removed", { ...get(), ...post() }, get()],
  ["an operation has another id", "major", "operationId", get({ operationId: "a" }), get({ operationId: "b" })],
  ["an operation is deprecated", "minor", "It is deprecated", get(), get({ deprecated: true })],
  ["an operation is no longer deprecated", "minor", "no longer deprecated", get({ deprecated: true }), get()],
  ["an operation has another summary", "patch", "changed", get({ summary: "a" }), get({ summary: "b" })],
  ["an operation has another tag", "patch", "`tags`", get({ tags: ["a"] }), get({ tags: ["b"] })],

  ["a body is asked for", "major", "A request body is required", post(), post({ ...json, required: true })],
  ["a body is allowed", "minor", "A request body can be sent", post(), post(json)],
  ["a body becomes required", "major", "became required", post(json), post({ ...json, required: true })],
  ["a body is relaxed", "minor", "optional", post({ ...json, required: true }), post(json)],
  ["a body is removed", "major", "was removed", post(json), post()],
  [
    "a body can be of another media type",
    "minor",
    "was added",
    post(json),
    post({ content: { ...json.content, "text/plain": {} } }),
  ],

  [
    "a status is removed",
    "major",
    "was removed",
    get({ responses: { 200: json, 404: json } }),
    get({ responses: { 200: json } }),
  ],
  [
    "a status is added",
    "minor",
    "was added",
    get({ responses: { 200: json } }),
    get({ responses: { 200: json, 404: json } }),
  ],
  ["a header is removed", "major", "headers", get({}, headers({})), get()],
  ["a header is added", "minor", "was added", get(), get({}, headers({}))],
  ["a header can be missing", "major", "can be missing", get({}, headers({ required: true })), get({}, headers({}))],
  ["a media type changes", "major", "became", get(), get({}, { content: { "application/xml": { schema: string } } })],
  [
    "the content of a response is no longer described",
    "major",
    "The schema of the content was removed",
    get(),
    get({}, { content: { "application/json": {} } }),
  ],
  [
    "an example is added",
    "patch",
    "documentation",
    get(),
    get({}, { content: { "application/json": { schema: string, examples: { A: { value: "a" } } } } }),
  ],
  [
    "an example changes",
    "patch",
    "`example`",
    get({}, { content: { "application/json": { example: { a: 1 } } } }),
    get({}, { content: { "application/json": { example: { a: 2 } } } }),
  ],

  [
    "a server is added to an operation",
    "major",
    "The first server is `https://a.example`",
    get(),
    get({ servers: [server("https://a.example")] }),
  ],
  [
    "a server is added to a path",
    "major",
    "The first server",
    get(),
    { ...get(), servers: [server("https://a.example")] },
  ],
  [
    "a second server is added",
    "minor",
    "`https://a.example` was added",
    get(),
    get({ servers: [...root, server("https://a.example")] }),
  ],
  [
    "a second server is removed",
    "major",
    "was removed",
    get({ servers: [...root, server("https://a.example")] }),
    get(),
  ],
  [
    "a server has other variables",
    "major",
    "{x}",
    get({ servers: [{ ...server("https://{x}"), variables: { x: { default: "a" } } }] }),
    get({ servers: [{ ...server("https://{x}"), variables: { x: { default: "b" } } }] }),
  ],
  [
    "a server is described otherwise",
    "patch",
    "server descriptions",
    get({ servers: root }),
    get({ servers: [server("https://root.example", "y")] }),
  ],

  ["no token is asked for", "minor", "Fewer credentials", get(), get({ security: [] })],
  ["a token is asked for", "major", "became required", get({ security: [] }), get()],
  ["a token is optional", "minor", "was added", get(), get({ security: [...key, {}] })],
  ["another token is accepted", "minor", "was added", get(), get({ security: [...key, { other: [] }] })],
  [
    "another token is asked for, too",
    "major",
    "no longer accepted",
    get(),
    get({ security: [{ key: [], other: [] }] }),
  ],
];

describe("an operation:", () => {
  let all: Change[];
  beforeAll(async () => {
    all = await compare(description(3), description(4));
  }, 60_000);

  test.each(rows.map(([change, impact, reason], index) => [change, impact, reason, index] as const))(
    "%s → %s",
    (_, impact, reason, index) => {
      const found = all.filter(({ place }) => new RegExp(`~1rows~1${index}(/|$)`).test(place));
      expect(found[0]?.impact ?? "nothing", JSON.stringify(found, null, 2)).toBe(impact);
      expect(found.map((change) => change.reason).join("\n")).toContain(reason);
      for (const change of found) expect(change.reason).not.toMatch(/undefined|\[object|``|''/);
    },
  );
});

/** Each row's path in a description whose operations have a server and a token. */
function description(side: 3 | 4) {
  return {
    openapi: "3.1.0",
    info: { title: "Rows", version: "1.0.0" },
    servers: root,
    security: key,
    paths: Object.fromEntries(rows.map((row, index) => [`/rows/${index}`, row[side]])),
    components: {
      parameters: { Shared: { name: "shared", in: "query", schema: string } },
      securitySchemes: { key: { type: "http", scheme: "bearer" }, other: { type: "http", scheme: "basic" } },
    },
  };
}
