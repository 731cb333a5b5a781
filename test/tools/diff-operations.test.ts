import { beforeAll, expect, test } from "vitest";
import { type Change, compare, type Impact } from "../../scripts/diff/compare.js";

const string = { type: "string" };
const q = { name: "q", in: "query", schema: string };
const size = { name: "size", in: "query", schema: { type: "integer" } };
const json = { content: { "application/json": { schema: string } } };
const server = (url: string, more: object = {}) => ({ url, description: "x", ...more });
const [root, other] = [server("https://root.example"), server("https://a.example")];
const key = [{ key: [] }];

/** A path with an operation. */
const get = (more: object = {}) => ({ get: { responses: { 200: json }, ...more } });
const withQ = (more: object = {}) => get({ parameters: [{ ...q, ...more }] });
const withParameters = (...parameters: object[]) => get({ parameters });
const withServers = (...servers: object[]) => get({ servers });
/** An operation with a body. */
const post = (requestBody?: object) => ({ post: { ...(requestBody && { requestBody }), responses: { 204: {} } } });
const responding = (ok: object) => get({ responses: { 200: { ...json, ...ok } } });
const withHeader = (header: object = {}) => responding({ headers: { "X-Id": { schema: string, ...header } } });
const withMedia = (media: object) => responding({ content: { "application/json": media } });

/** A path before and now, the impact of the change, and words of its reason. */
type Row = [change: string, impact: Impact | "nothing", reason: string, before: object, now: object];

const rows: Row[] = [
  ["a parameter moves to the path", "nothing", "", withQ(), { ...get(), parameters: [q] }],
  [
    "a parameter that an operation replaces moves",
    "nothing",
    "",
    { ...withQ(), parameters: [{ ...q, required: true }] },
    withQ(),
  ],
  ["parameters in another order", "nothing", "", withParameters(q, size), withParameters(size, q)],
  ["a parameter is shared", "nothing", "", withQ(), withParameters({ $ref: "#/components/parameters/Shared" })],
  ["a parameter has its defaults", "nothing", "", withQ(), withQ({ required: false, style: "form", explode: true })],
  ["an empty list of parameters", "nothing", "", get(), withParameters()],
  ["security is repeated", "nothing", "", get(), get({ security: key })],
  ["servers are repeated", "nothing", "", get(), { ...get(), servers: [root] }],
  ["a body has its default", "nothing", "", post(json), post({ ...json, required: false })],

  ["a parameter is removed", "major", "`q` query", withParameters(q, size), withParameters(size)],
  ["an optional parameter is added", "minor", "q can be sent", withParameters(size), withParameters(size, q)],
  ["a required parameter is added", "major", "Required `q`", get(), withQ({ required: true })],
  ["a parameter becomes required", "major", "became required", withQ(), withQ({ required: true })],
  ["a parameter becomes optional", "minor", "optional", withQ({ required: true }), withQ()],
  ["a parameter is renamed", "major", "renamed", withQ(), withQ({ name: "where" })],
  ["a parameter is deprecated", "minor", "deprecated", withQ(), withQ({ deprecated: true })],
  ["a long description is added", "patch", "changed", withQ(), withQ({ description: "y".repeat(999) })],
  ["a limit is raised", "minor", "2 and is 1", withQ({ schema: { minimum: 2 } }), withQ({ schema: { minimum: 1 } })],
  ["a parameter has another example", "patch", "`example`", withQ({ example: "a" }), withQ({ example: "b" })],
  ["a parameter has another style", "major", "explode", withQ(), withQ({ explode: false })],
  [
    "a parameter is sent as JSON",
    "major",
    "The serialization of the parameter changed",
    withQ(),
    withQ({ schema: undefined, ...json }),
  ],

  ["an operation is added", "minor", "was added", get(), { ...get(), ...post() }],
  ["an operation is removed", "major", "was removed", { ...get(), ...post() }, get()],
  ["an operation has another id", "major", "operationId", get({ operationId: "a" }), get({ operationId: "b" })],
  ["an operation is deprecated", "minor", "It is deprecated", get(), get({ deprecated: true })],
  ["an operation is no longer deprecated", "minor", "no longer deprecated", get({ deprecated: true }), get()],
  ["an operation has another summary", "patch", "changed", get({ summary: "a" }), get({ summary: "b" })],
  ["an operation has another tag", "patch", "`tags`", get({ tags: ["a"] }), get({ tags: ["b"] })],

  ["a required body is added", "major", "A request body is required", post(), post({ ...json, required: true })],
  ["an optional body is added", "minor", "A request body can be sent", post(), post(json)],
  ["a body becomes required", "major", "became required", post(json), post({ ...json, required: true })],
  ["a body becomes optional", "minor", "optional", post({ ...json, required: true }), post(json)],
  ["a body is removed", "major", "was removed", post(json), post()],
  ["a body gets a media type", "minor", "was added", post(json), post({ content: { ...json.content, "a/b": {} } })],

  ["a status is removed", "major", "was removed", get({ responses: { 200: json, 404: json } }), get()],
  ["a status is added", "minor", "was added", get(), get({ responses: { 200: json, 404: json } })],
  ["a header is removed", "major", "headers", withHeader(), get()],
  ["a header is added", "minor", "was added", get(), withHeader()],
  ["a header becomes optional", "major", "can be missing", withHeader({ required: true }), withHeader()],
  ["a media type changes", "major", "became", get(), responding({ content: { "application/xml": {} } })],
  ["the schema of a response is removed", "major", "The schema of the content was removed", get(), withMedia({})],
  ["an example is added", "patch", "documentation", get(), withMedia({ schema: string, examples: { A: {} } })],
  ["an example changes", "patch", "`example`", withMedia({ example: { a: 1 } }), withMedia({ example: { a: 2 } })],

  ["a path gets a server", "major", "The first server is `https://a.example`", get(), { ...get(), servers: [other] }],
  ["a second server is added", "minor", "`https://a.example` was added", get(), withServers(root, other)],
  ["a second server is removed", "major", "was removed", withServers(root, other), get()],
  [
    "a variable of a server changes",
    "major",
    "{x}",
    withServers({ url: "https://{x}", variables: { x: { default: "a" } } }),
    withServers({ url: "https://{x}", variables: { x: { default: "b" } } }),
  ],
  [
    "a server has another description",
    "patch",
    "server descriptions",
    get(),
    withServers(server(root.url, { description: "y" })),
  ],

  ["the token is removed", "minor", "Fewer credentials", get(), get({ security: [] })],
  ["a token becomes required", "major", "became required", get({ security: [] }), get()],
  ["a token becomes optional", "minor", "was added", get(), get({ security: [...key, {}] })],
  ["another token is accepted", "minor", "was added", get(), get({ security: [...key, { other: [] }] })],
  ["another token is required, too", "major", "no longer accepted", get(), get({ security: [{ key: [], other: [] }] })],
];

let all: Change[];
beforeAll(async () => {
  all = await compare(description(3), description(4));
});

test.each(rows.map((row, index) => [...row, index] as const))(
  "in an operation, %s: the impact is %s, for the reason %j",
  (_change, impact, reason, _before, _now, index) => {
    const found = all.filter(({ place }) => new RegExp(`~1rows~1${index}(/|$)`).test(place));
    expect(found[0]?.impact ?? "nothing", JSON.stringify(found, null, 2)).toBe(impact);
    expect(found.map((change) => change.reason).join("\n")).toContain(reason);
    for (const change of found) expect(change.reason).not.toMatch(/undefined|\[object|``|''/);
  },
);

/** Each row's path in a description whose operations have a server and a token. */
function description(side: 3 | 4) {
  return {
    openapi: "3.1.0",
    info: { title: "Rows", version: "1.0.0" },
    servers: [root],
    security: key,
    paths: Object.fromEntries(rows.map((row, index) => [`/rows/${index}`, row[side]])),
    components: {
      parameters: { Shared: q },
      securitySchemes: { key: { type: "http", scheme: "bearer" }, other: { type: "http", scheme: "basic" } },
    },
  };
}
