import { beforeAll, expect, test } from "vitest";
import { type Change, compare, type Impact } from "../../scripts/diff/compare.js";

type Verdict = Impact | "nothing";
const nothing = "nothing";
const string = { type: "string" };
const a = { type: "object", properties: { a: string } };
const withRequired = (...required: string[]) => ({ type: "object", required, properties: { a: string, b: string } });
const withField = (field: object) => ({ type: "object", properties: { a: string, field } });
const open = (...values: string[]) => ({
  anyOf: [
    { ...string, enum: values },
    { ...string, title: "Any other" },
  ],
});
const closed = (...values: unknown[]) => ({ type: "string", enum: values });

const withX = { type: "object", properties: { x: string } };
const shared = { $ref: "#/components/schemas/Shared" };
const limited = { ...string, maxLength: 5 };
const map = (additionalProperties: unknown) => ({ ...a, additionalProperties });

/** A schema before and now, and the impact of the change in a request and in a response. */
type Row = [change: string, before: object, now: object, request: Verdict, response: Verdict];

const equal: [change: string, before: object, now: object][] = [
  ["required fields in another order", withRequired("a", "b"), withRequired("b", "a")],
  ["an empty list of required fields", a, { ...a, required: [] }],
  ["an enum in another order", closed("A", "B"), closed("B", "A")],
  ["an enum of one value as a const", closed("A"), { type: "string", const: "A" }],
  ["a const that is an object", { const: { a: 1 } }, { enum: [{ a: 1 }] }],
  ["an open enum in another order", open("A", "B"), open("B", "A")],
  ["an open enum after the plain string", open("A"), { anyOf: open("A").anyOf.toReversed() }],
  ["alternatives in another order", { anyOf: [a, string] }, { anyOf: [string, a] }],
  ["a type as a list of one", string, { type: ["string"] }],
  ["types in another order", { type: ["string", "null"] }, { type: ["null", "string"] }],
  ["null as an alternative", { type: ["string", "null"] }, { anyOf: [string, { type: "null" }] }],
  ["fields in another order", withField(string), { type: "object", properties: { field: string, a: string } }],
  ["false where it is the default", string, { ...string, deprecated: false, readOnly: false }],
  ["any further field", map(true), map({})],
  ["allOf of one schema", a, { allOf: [a] }],
  ["allOf of two", withRequired("a"), { allOf: [{ ...a, required: ["a"] }, { properties: { b: string } }] }],
  [
    "allOf beside fields",
    withRequired("a"),
    { type: "object", properties: { b: string }, allOf: [{ required: ["a"], properties: { a: string } }] },
  ],
  ["allOf in allOf", a, { allOf: [{ allOf: [{ type: "object" }, { properties: { a: string } }] }, {}] }],
  ["allOf of a named schema", withX, { allOf: [shared, {}] }],
  ["an inline schema that gets a name", withField(withX), withField(shared)],
];

const changes: Row[] = [
  ["a field is added", a, withField(string), "minor", "minor"],
  ["a field is removed", withField(string), a, "major", "major"],
  ["a field is renamed", a, withX, "major", "major"],
  ["a field becomes required", withRequired("a"), withRequired("a", "b"), "major", "minor"],
  ["a field becomes optional", withRequired("a", "b"), withRequired("a"), "minor", "major"],
  ["a field has another type", withField(string), withField({ type: "integer" }), "major", "major"],
  ["a field becomes nullable", withField(string), withField({ type: ["string", "null"] }), "minor", "major"],
  ["a field is no longer nullable", withField({ type: ["string", "null"] }), withField(string), "major", "minor"],
  ["the alternative null is removed", { anyOf: [a, { type: "null" }] }, a, "major", "minor"],
  ["one of two types is removed", { type: ["string", "integer"] }, string, "major", "major"],
  ["an alternative is removed", { oneOf: [a, string, { type: "integer" }] }, { oneOf: [a, string] }, "major", "major"],
  ["an alternative is added", { oneOf: [a, string] }, { oneOf: [a, string, { type: "integer" }] }, "minor", "major"],
  ["a string gets an enum", string, closed("A"), "major", "major"],
  ["a string gets a const", string, { type: "string", const: "A" }, "major", "major"],
  ["a string gets an open enum", string, open("A"), "minor", "minor"],
  ["an enum grows", closed("A"), closed("A", "B"), "minor", "major"],
  ["an enum shrinks", closed("A", "B"), closed("A"), "major", "major"],
  ["an enum has another value", closed("A", "B"), closed("A", "C"), "major", "major"],
  ["an enum of objects grows", { enum: [{ a: 1 }] }, { enum: [{ a: 1 }, { a: 2 }] }, "minor", "major"],
  ["a const changes", { const: { a: 1 } }, { const: { a: 2 } }, "major", "major"],
  ["an enum opens", closed("A"), open("A"), "minor", "major"],
  ["an open enum grows", open("A"), open("A", "B"), "minor", "minor"],
  ["an open enum shrinks", open("A", "B"), open("A"), "patch", "patch"],
  ["an open enum closes", open("A", "B"), closed("A", "B"), "major", "major"],
  ["a default is added", withField(string), withField({ ...string, default: "x" }), "minor", "minor"],
  ["a default that is an object is added", a, { ...a, default: { a: "x" } }, "minor", "minor"],
  ["a default changes", { ...string, default: "x" }, { ...string, default: "y" }, "major", "major"],
  ["a default is removed", withField({ ...string, default: "x" }), withField(string), "major", "major"],
  ["a limit is raised", limited, { ...string, maxLength: 6 }, "minor", "major"],
  ["a limit is lowered", limited, { ...string, maxLength: 4 }, "major", "patch"],
  ["a limit is removed", { type: "integer", minimum: 5 }, { type: "integer" }, "minor", "major"],
  ["a format is removed", { ...string, format: "date-time" }, string, "minor", "major"],
  ["a pattern is added", string, { ...string, pattern: "^a" }, "major", "patch"],
  ["further fields are no longer described", map(true), a, "major", "major"],
  ["further fields get a type", map(true), map(string), "major", "patch"],
  ["further fields are refused", map(true), map(false), "major", "major"],
  ["a field can no longer be sent", withField(string), withField({ ...string, readOnly: true }), "major", "major"],
  ["a field is no longer in responses", withField(string), withField({ ...string, writeOnly: true }), "major", "major"],
  ["a field can be sent", withField({ ...string, readOnly: true }), withField(string), "minor", "patch"],
  ["a field is deprecated", withField(string), withField({ ...string, deprecated: true }), "minor", "minor"],
  ["a field is no longer deprecated", withField({ ...string, deprecated: true }), withField(string), "minor", "minor"],
  ["a description changes", a, { ...a, description: "x" }, "patch", "patch"],
  ["an example changes", { ...a, example: { a: "x" } }, { ...a, example: { a: "y" } }, "patch", "patch"],
];

const rows: readonly Row[] = [...equal.map((row): Row => [...row, nothing, nothing]), ...changes];
const directions = ["request", "response"] as const;

const all: Partial<Record<string, readonly Change[]>> = {};
beforeAll(async () => {
  for (const direction of directions)
    all[direction] = await compare(description(direction, 1), description(direction, 2));
});

test.each(
  rows.flatMap(([change, , , ...verdicts], index) =>
    directions.map((direction, side) => [direction, change, verdicts[side] ?? nothing, `Row${index}`] as const),
  ),
)("in a schema of a %s, %s: the impact is %s", (direction, _change, impact, name) => {
  const found = (all[direction] ?? []).filter(({ place }) => `${place}/`.startsWith(`components/schemas/${name}/`));
  expect(found[0]?.impact ?? nothing, JSON.stringify(found, null, 2)).toBe(impact);
  const reasons = found.map(({ reason }) => reason);
  for (const reason of reasons) expect(reason).not.toMatch(/undefined|\[object|``|''/);
  expect(new Set(reasons).size).toBe(reasons.length);
});

/** Each row's schema in an operation of its own. */
function description(direction: "request" | "response", side: 1 | 2) {
  const operation = (name: string) => {
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
    return direction === "request"
      ? { requestBody: { content }, responses: { 204: {} } }
      : { responses: { 200: { content } } };
  };
  const schemas = Object.fromEntries(rows.map((row, index) => [`Row${index}`, row[side]]));
  return {
    openapi: "3.1.0",
    info: { title: "Rows", version: "1.0.0" },
    paths: Object.fromEntries(Object.keys(schemas).map((name) => [`/${name}`, { post: operation(name) }])),
    components: { schemas: { Shared: withX, ...schemas } },
  };
}
