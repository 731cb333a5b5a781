// The features of OpenAPI that a description can use, each with the right result. Add yours at the end.
import type { Impact } from "../../scripts/diff/compare.js";
import type { Received } from "./own-description.js";
import { body, type Json, response } from "./small-description.js";

export interface Row {
  readonly name: string;
  readonly route: string;
  /** The path item at this route; and how it was before, if it was there, for the diff. */
  readonly item: Json;
  readonly before?: Json;
  /** Schemas that it refers to. */
  readonly schemas?: Json;
  /** A call, as code with `client` and `paginate`, or the parameters of a GET; and the type of its result. */
  readonly call: string;
  readonly type: string;
  /** Calls that must not compile. */
  readonly wrong: readonly string[];
  /** The request that a server receives, and its response, which is `{}` by default. */
  readonly wire: Partial<Received>;
  readonly response?: { readonly status?: number; readonly type?: string; readonly body?: string };
  readonly data: unknown;
  /** The result of the call with the mock server, if it is another. */
  readonly mock?: unknown;
  /** Calls that are refused before a request, and the messages of their errors. */
  readonly refused: readonly (readonly [call: string, message: string])[];
  /** A part of the code samples. */
  readonly sample: string;
  /** The verdict of the diff. */
  readonly diff: Impact;
}

const object = (properties: Json, more: Json = {}) => {
  const described = Object.entries(properties).map(([name, schema]) => [name, { description: "-", ...Object(schema) }]);
  return { type: "object", description: "-", properties: Object.fromEntries(described), ...more };
};
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string", maxLength: 20 };
const parameter = (name: string, location: string, schema: Json, value: unknown, more: Json = {}) => {
  return { name, in: location, description: "-", schema, example: value, required: location === "path", ...more };
};
const query = (name: string, schema: Json, value: unknown, more: Json = {}) =>
  parameter(name, "query", schema, value, more);
const id = parameter("id", "path", text, "a");
const thing = object({ name: text, size: { type: "integer" } }, { required: ["name"] });

const status = object({ code: { type: "integer" }, message: { type: "string" } });
const refused = response(status, { code: 3, message: "-" });
let count = 0;
/** An operation that passes the lint. */
const operation = (success: Json, more: Json = {}) => ({
  operationId: `row${++count}`,
  tags: ["Rows"],
  summary: "-",
  description: "-",
  responses: { ...success, 400: refused },
  ...more,
});
const done = { 200: response(object({}), {}) };
/** An operation that is sent a body like this. */
const operationWith = (schema: Json, example: unknown, type?: string, success: Json = done) =>
  operation(success, { requestBody: body(schema, example, type) });
/** A GET that responds with an object, and takes these. */
const get = (...parameters: Json[]) => ({ get: operation(done, { parameters }) });
const things = (items: Json) => object({ things: { type: "array", items }, nextPageToken: text });
const pages = {
  first: { summary: "-", value: { things: [{ name: "a" }], nextPageToken: "n" } },
  last: { summary: "-", value: { things: [{ name: "b" }] } },
};
const page = (schema: Json, examples: Json = pages) => ({
  200: { description: "-", content: { "application/json": { schema, examples } } },
});
const pageToken = query("pageToken", text, "n");

type Defaults = "call" | "type" | "wrong" | "wire" | "data" | "refused" | "sample" | "diff";
/** A row as it is written: by default, it is a new GET without parameters that responds with an empty object. */
type Given = Omit<Row, Defaults> & Partial<Pick<Row, Defaults>>;

const given: readonly Given[] = [
  {
    name: "a GET without paging",
    route: "/rows/get/{id}",
    item: { get: operation({ 200: response(thing, { name: "a" }) }, { parameters: [id] }) },
    call: '{ path: { id: "a/ü" } }',
    type: "{ name: string; size?: number } | undefined",
    wrong: ['client.GET("/rows/get/{id}")', 'paginate(client, "/rows/get/{id}", "things", { id: "a" })'],
    wire: { method: "GET", url: "/rows/get/a%2F%C3%BC", body: "" },
    response: { body: '{"name":"b","new":1}' },
    data: { name: "b", new: 1 },
    mock: { name: "a" },
    refused: [
      ['{ path: { id: ".." } }', "id must not be . or .."],
      ['{ path: { id: "" } }', 'id must be well-formed text of 1 to 20 characters, but is ""'],
      ["{ path: {} }", "id must be well-formed text of 1 to 20 characters, but is undefined"],
      [
        'paginate(client, "/rows/get/{id}", "things", { id: "a" }).toArray()',
        "path GET /rows/get/{id} does not page: it must take pageToken and respond with nextPageToken",
      ],
      [
        'client.GET("/rows/gets/{id}")',
        "path must be one of the description, but is GET /rows/gets/{id}. The nearest is GET /rows/get/{id}",
      ],
    ],
    sample: 'await client.GET(\n  "/rows/get/{id}",\n  {\n    params: {\n      path: { id: "a" },',
  },
  {
    name: "a POST with a JSON body",
    route: "/rows/post",
    item: {
      post: operationWith(thing, { name: "a" }, undefined, { 201: response(thing, { name: "a" }) }),
    },
    call: 'client.POST("/rows/post", { body: { name: "a" } }).then(({ data }) => data)',
    type: "{ name: string; size?: number } | undefined",
    wrong: ['client.POST("/rows/post", { body: {} })', 'client.POST("/rows/post")'],
    wire: { method: "POST", url: "/rows/post", headers: { "content-type": "application/json" }, body: '{"name":"a"}' },
    response: { status: 201, body: '{"name":"a"}' },
    data: { name: "a" },
    sample: `--header 'Content-Type: application/json' \\\n  --data '{"name":"a"}'`,
  },
  {
    name: "a DELETE with 204",
    route: "/rows/delete/{id}",
    item: { delete: operation({ 204: { description: "-" } }, { parameters: [id] }) },
    call: 'client.DELETE("/rows/delete/{id}", { params: { path: { id: "a" } } }).then(({ data, response }) => [data, response.status] as const)',
    type: "readonly [undefined, number]",
    wire: { method: "DELETE", url: "/rows/delete/a" },
    response: { status: 204, body: "" },
    data: [undefined, 204],
    sample: "curl --fail-with-body --request DELETE",
  },
  {
    name: "a GET with 202 and no content",
    route: "/rows/accepted",
    item: { get: operation({ 202: { description: "-" } }) },
    call: 'client.GET("/rows/accepted").then(({ data, response }) => [data, response.status] as const)',
    type: "readonly [undefined, number]",
    response: { status: 202, body: "" },
    data: [undefined, 202],
    sample: "console.log(response.status);",
  },
  {
    name: "a text",
    route: "/rows/text",
    item: { get: operation({ 200: response({ type: "string" }, "a", "text/csv") }) },
    type: "string | undefined",
    response: { type: "text/csv", body: "a,b\n" },
    data: "a,b\n",
    mock: "a",
    sample: 'await client.GET(\n  "/rows/text",\n);',
  },
  {
    name: "bytes",
    route: "/rows/bytes",
    item: { get: operation({ 200: response({ type: "string", format: "binary" }, "a", "application/octet-stream") }) },
    call: 'client.GET("/rows/bytes").then(({ data }) => (data instanceof Blob ? data.text() : ""))',
    type: "string",
    wrong: ['client.GET("/rows/bytes").then(({ data }) => data.text())'],
    response: { type: "application/octet-stream", body: "\u0001ab" },
    data: "\u0001ab",
    mock: "a",
    sample: "console.log(data);",
  },
  {
    name: "JSON of another type, and two statuses",
    route: "/rows/json",
    item: {
      get: operation({
        200: response(thing, { name: "a" }, "application/vnd.thing+json"),
        203: response(object({ old: text }), { old: "a" }),
      }),
    },
    type: "{ name: string; size?: number } | { old?: string } | undefined",
    response: { type: "application/vnd.thing+json", body: '{"name":"a"}' },
    data: { name: "a" },
  },
  {
    name: "a merge patch",
    route: "/rows/patch",
    item: {
      patch: operationWith(
        object({ name: { type: ["string", "null"] } }),
        { name: null },
        "application/merge-patch+json",
      ),
    },
    call: 'client.PATCH("/rows/patch", { body: { name: null } }).then(({ data }) => data)',
    wire: { method: "PATCH", headers: { "content-type": "application/merge-patch+json" }, body: '{"name":null}' },
    sample: "curl --fail-with-body --request PATCH",
  },
  {
    name: "a form",
    route: "/rows/form",
    item: {
      post: operationWith(
        object({ name: text, size: { type: "integer" } }),
        { name: "a b" },
        "application/x-www-form-urlencoded",
      ),
    },
    call: 'client.POST("/rows/form", { body: { name: "a b&c", size: 2 } }).then(({ data }) => data)',
    wire: { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "name=a+b%26c&size=2" },
    sample: "--data 'name=a+b'",
  },
  {
    name: "an object in the style deepObject, and a list in the style form",
    route: "/rows/deep",
    item: get(
      query("where", object({ from: { type: "integer" }, to: text }), { from: 1 }, { style: "deepObject" }),
      query("ids", { type: "array", items: text }, ["a"]),
    ),
    call: '{ query: { where: { from: 1, to: "a b" }, ids: ["a", "b,c"] } }',
    wire: { url: "/rows/deep?where[from]=1&where[to]=a%20b&ids=a&ids=b%2Cc" },
    refused: [
      [
        '{ query: { where: { from: "1" } } }',
        "where must be an object whose from is a whole number, but is [object Object]",
      ],
      [
        '{ query: { where: { "a&b": 1 } } }',
        "where must be an object with these fields only: from, to, but is [object Object]",
      ],
      ['{ query: { ids: "a" } }', 'ids must be a list, but is "a"'],
    ],
  },
  {
    name: "a list and an object in the style form without explode",
    route: "/rows/comma",
    item: get(
      query("fields", { type: "array", items: text }, ["a"], { explode: false, required: true }),
      query("where", object({ a: text }), { a: "b" }, { explode: false }),
    ),
    call: '{ query: { fields: ["id", "a,b"], where: { a: "b" } } }',
    wire: { url: "/rows/comma?fields=id,a%2Cb&where=a,b" },
    refused: [["{ query: { fields: [] } }", "fields must be a list of at least 1 item, but is "]],
    sample: "/rows/comma?fields=a",
  },
  {
    name: "an object in the style form with explode, and a list in the style pipeDelimited",
    route: "/rows/pipe",
    item: get(
      query("ids", { type: "array", items: { type: "integer" } }, [1], { style: "pipeDelimited", explode: false }),
      query("where", object({ a: text, b: text }), { a: "b" }),
    ),
    call: '{ query: { ids: [1, 2], where: { a: "x" } } }',
    wire: { url: "/rows/pipe?ids=1|2&a=x" },
  },
  {
    name: "a list in the style spaceDelimited",
    route: "/rows/space",
    item: get(query("ids", { type: "array", items: text }, ["a"], { style: "spaceDelimited" })),
    call: '{ query: { ids: ["a", "b"] } }',
    wire: { url: "/rows/space?ids=a%20b" },
  },
  {
    name: "constraints of parameters",
    route: "/rows/constraints",
    item: get(
      query("kind", { ...text, enum: ["A", "B"] }, "A"),
      query("version", { type: "integer", const: 2 }, 2),
      query("code", { ...text, pattern: "^[a-z]+$", minLength: 2 }, "ab"),
      query("rank", { type: ["integer", "null"], minimum: 1, maximum: 9 }, 1),
      query("ratio", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5),
      query("step", { type: "number", multipleOf: 0.5 }, 1.5),
      query("all", { type: "boolean" }, true),
      query("after", { ...text, format: "date-time", maxLength: 40 }, "2024-01-01T00:00:00Z"),
      query(
        "tags",
        { type: "array", items: { ...text, enum: ["x", "y"] }, minItems: 1, maxItems: 2, uniqueItems: true },
        ["x"],
      ),
      query("any", { anyOf: [text, { type: "integer" }] }, 1),
    ),
    call: `{ query: {
      kind: "A", version: 2, code: "ab", rank: null, ratio: 0.5, step: 1.5, all: false, tags: ["x"], any: 1,
      after: "2024-02-29T00:00:00.5+02:00",
    } }`,
    wrong: ['{ query: { kind: "C" } }'],
    wire: {
      url: "/rows/constraints?kind=A&version=2&code=ab&ratio=0.5&step=1.5&all=false&tags=x&any=1&after=2024-02-29T00%3A00%3A00.5%2B02%3A00",
    },
    refused: (
      [
        ['kind: "C"', 'kind must be one of A, B, but is "C"'],
        ["version: 3", "version must be one of 2, but is 3"],
        ['code: "A1"', 'code must be text that matches ^[a-z]+$, but is "A1"'],
        ['code: "a"', 'code must be well-formed text of 2 to 20 characters, but is "a"'],
        ["code: 5", "code must be well-formed text of 2 to 20 characters, but is 5"],
        ["rank: 10", "rank must be a whole number from 1 up to 9, but is 10"],
        ["rank: 2.5", "rank must be a whole number from 1 up to 9, but is 2.5"],
        ["rank: 5n", "rank must be a whole number from 1 up to 9, but is 5"],
        ["ratio: 0", "ratio must be a number above 0 below 1, but is 0"],
        ["ratio: NaN", "ratio must be a number above 0 below 1, but is NaN"],
        ["ratio: Infinity", "ratio must be a number above 0 below 1, but is Infinity"],
        ["step: 0.25", "step must be a multiple of 0.5, but is 0.25"],
        ['all: "yes"', 'all must be true or false, but is "yes"'],
        ['after: "2024-01-01"', 'after must be an RFC 3339 date and time, but is "2024-01-01"'],
        ["after: new Date(0)", "after must be well-formed text of 0 to 40 characters, but is 62 characters long"],
        ["tags: []", "tags must be a list of 1 to 2 items, but is "],
        ['tags: ["x", "x"]', "tags must be a list without the same item twice, but is x,x"],
        ['tags: ["z"]', "tags must be a list of which each item is one of x, y, but is z"],
        ["any: {}", "any must be well-formed text or a number or true or false or a list, but is [object Object]"],
        ["other: 1", "other is not a query parameter of GET /rows/constraints"],
      ] as const
    ).map(([given, message]) => [`{ query: { ${given} } }`, message] as const),
  },
  {
    name: "one name in the path and in the query",
    route: "/rows/twice/{id}",
    item: { get: operation(done, { parameters: [id, query("id", { type: "integer", maximum: 5 }, 1)] }) },
    call: '{ path: { id: "a" }, query: { id: 5 } }',
    wire: { url: "/rows/twice/a?id=5" },
    refused: [
      ['{ path: { id: ".." }, query: { id: 5 } }', "id must not be . or .."],
      ['{ path: { id: "a" }, query: { id: 6 } }', "id must be a whole number up to 5, but is 6"],
    ],
    sample: "/rows/twice/a",
  },
  {
    name: "a list operation with a header",
    route: "/rows/list",
    item: {
      get: operation(page(things(thing)), {
        parameters: [pageToken, parameter("x-trace", "header", text, "t", { required: true })],
      }),
    },
    call: 'paginate(client, "/rows/list", "things", { "x-trace": "t" }).toArray()',
    type: "{ name: string; size?: number }[]",
    wrong: [
      'paginate(client, "/rows/list", "things", {})',
      'paginate(client, "/rows/list", "nextPageToken", { "x-trace": "t" })',
    ],
    wire: { url: "/rows/list", headers: { "x-trace": "t" } },
    response: { body: '{"things":[{"name":"a"}]}' },
    data: [{ name: "a" }],
    mock: [{ name: "a" }, { name: "b" }],
    refused: [
      [
        'paginate(client, "/rows/list", "things", { "x-trace": "a\\nb" }).toArray()',
        'headers must be valid in HTTP, but "x-trace" is not',
      ],
      [
        'paginate(client, "/rows/list", "nothing", { "x-trace": "t" }).toArray()',
        'itemsKey must be one of things, but is "nothing"',
      ],
    ],
    sample: 'paginate(client, "/rows/list", "things", { "x-trace": "t" })',
  },
  {
    name: "a list whose page and items inherit",
    route: "/rows/inherited",
    item: {
      get: operation(
        page({
          allOf: [
            refTo("AnyPage"),
            object({ things: { type: "array", items: { allOf: [object({ name: text })], required: ["name"] } } }),
          ],
        }),
        { parameters: [pageToken] },
      ),
    },
    schemas: { AnyPage: object({ nextPageToken: text }) },
    call: 'paginate(client, "/rows/inherited", "things", {}).toArray()',
    type: "{ name: string }[]",
    response: { body: '{"things":[{"name":"a"}]}' },
    data: [{ name: "a" }],
    mock: [{ name: "a" }, { name: "b" }],
    sample: "paginate(client",
  },
  {
    name: "schemas of any shape",
    route: "/rows/shapes",
    schemas: {
      Cat: object({ kind: { const: "cat" }, kittens: { type: "array", items: refTo("Cat") } }, { required: ["kind"] }),
      Dog: {
        allOf: [object({ kind: { const: "dog" }, age: { type: "integer" } })],
        required: ["kind", "age"],
        description: "-",
      },
      Pet: {
        oneOf: [refTo("Cat"), refTo("Dog")],
        discriminator: {
          propertyName: "kind",
          mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
        },
        description: "-",
      },
      Shapes: object({
        off: { type: "boolean", default: false },
        none: { type: ["string", "null"] },
        map: object({ size: { type: "integer" } }, { additionalProperties: { type: "array", items: text } }),
        pet: refTo("Pet"),
        next: { anyOf: [refTo("Shapes"), { type: "null" }] },
      }),
    },
    item: {
      get: operation({ 200: response(refTo("Shapes"), { none: null, map: { a: ["b"] }, next: { next: null } }) }),
    },
    call: `client.GET("/rows/shapes").then(({ data }) => {
        const { pet, map, next } = data ?? ({} satisfies import("./src/index.js").Shapes);
        (pet?.kind === "cat" ? pet.kittens?.[0]?.kind : pet?.age) satisfies string | number | undefined;
        (map?.size ?? map?.["a"]) satisfies number | string[] | undefined;
        next?.next?.off satisfies boolean | undefined;
        return data;
      })`,
    type: 'import("./src/index.js").Shapes | undefined',
    wrong: ["cow", "dog"].map((kind) => `({ pet: { kind: "${kind}" } }) satisfies import("./src/index.js").Shapes`),
    response: { body: '{"none":null}' },
    data: { none: null },
    mock: { none: null, map: { a: ["b"] }, next: { next: null } },
  },
  {
    name: "a parameter that becomes required",
    route: "/rows/required",
    before: get(query("q", text, "a")),
    item: get(query("q", text, "a", { required: true })),
    call: '{ query: { q: "a" } }',
    wrong: ['client.GET("/rows/required")'],
    wire: { url: "/rows/required?q=a" },
    sample: "/rows/required?q=a",
    diff: "major",
  },
  {
    name: "a list of a single example page, and deprecated",
    route: "/rows/old",
    item: {
      get: operation(page(things(thing), { only: pages.last }), { parameters: [pageToken], deprecated: true }),
    },
    call: 'paginate(client, "/rows/old", "things", {}).toArray()',
    type: "{ name: string; size?: number }[]",
    response: { body: '{"things":[{"name":"a"}],"nextPageToken":null}' },
    data: [{ name: "a" }],
    mock: [{ name: "b" }],
    sample: "paginate(client",
  },
  {
    name: "a list with the key of another one, and other items",
    route: "/rows/numbers",
    item: {
      get: operation(page(things({ type: "integer" }), { only: { summary: "-", value: { things: [1, 2] } } }), {
        parameters: [pageToken],
      }),
    },
    call: 'paginate(client, "/rows/numbers", "things", {}).toArray()',
    type: "number[]",
    response: { body: '{"things":[3]}' },
    data: [3],
    mock: [1, 2],
    sample: "console.log(thing);",
  },
  {
    name: "a list that pages by other names, and cannot be listed",
    route: "/rows/cursor",
    item: {
      get: operation(
        {
          200: response(object({ things: { type: "array", items: thing }, nextCursor: text }), {
            things: [{ name: "a" }],
          }),
        },
        { parameters: [query("cursor", text, "n")] },
      ),
    },
    call: 'client.GET("/rows/cursor", { params: { query: { cursor: "n" } } }).then(({ data }) => data?.things)',
    type: "{ name: string; size?: number }[] | undefined",
    wire: { url: "/rows/cursor?cursor=n" },
    response: { body: '{"things":[]}' },
    data: [],
    mock: [{ name: "a" }],
    refused: [
      [
        'paginate(client, "/rows/cursor", "things", {}).toArray()',
        "path GET /rows/cursor does not page: it must take pageToken and respond with nextPageToken",
      ],
    ],
  },
  {
    name: "a choice of required properties",
    route: "/rows/choice",
    item: {
      post: operationWith(
        object({ a: text, b: text, c: text }, { oneOf: [{ required: ["a"] }, { required: ["b"] }] }),
        { a: "x" },
      ),
    },
    call: 'client.POST("/rows/choice", { body: { b: "y", c: "z" } }).then(({ data }) => data)',
    wrong: [
      'client.POST("/rows/choice", { body: { c: "z" } })',
      'client.POST("/rows/choice", { body: { a: "x", b: "y" } })',
    ],
    wire: { body: '{"b":"y","c":"z"}' },
    sample: `--data '{"a":"x"}'`,
  },
  {
    name: "a list of an open enum as a parameter",
    route: "/rows/open",
    item: get(
      query("kinds", { type: "array", items: { anyOf: [{ type: "string", enum: ["A", "B"] }, { type: "string" }] } }, [
        "A",
      ]),
    ),
    call: '{ query: { kinds: ["A", "NEW"] } }',
    wrong: ["{ query: { kinds: [1] } }"],
    wire: { url: "/rows/open?kinds=A&kinds=NEW" },
  },
  {
    name: "code samples of the author's",
    route: "/rows/samples",
    item: { get: operation(done, { "x-codeSamples": [{ lang: "python", label: "Python", source: "get()" }] }) },
    sample: 'client.GET(\n  "/rows/samples",\n);',
  },
];

export const rows: readonly Row[] = given.map(({ call = "{}", wrong = [], refused = [], ...row }) => {
  const codeOf = (code: string) => (code.startsWith("{") ? `client.GET("${row.route}", { params: ${code} })` : code);
  return {
    type: "Record<string, never> | undefined",
    wire: { url: row.route },
    data: {},
    sample: row.route,
    diff: "minor",
    ...row,
    call: call.startsWith("{") ? `${codeOf(call)}.then(({ data }) => data)` : call,
    wrong: wrong.map(codeOf),
    refused: refused.map(([code, message]) => [codeOf(code), message]),
  };
});
