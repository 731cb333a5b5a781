import { beforeAll, describe, expect, test } from "vitest";
import { type Change, compare, type Impact } from "../scripts/diff/compare.js";

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

/** A schema before and now, and what the change asks for in a request and in a response. */
type Row = [change: string, before: object, now: object, request: Verdict, response: Verdict];

const sameThing: Row[] = [
  ["required fields in another order", withRequired("a", "b"), withRequired("b", "a"), nothing, nothing],
  ["an empty list of required fields", a, { ...a, required: [] }, nothing, nothing],
  ["an enum in another order", closed("A", "B"), closed("B", "A"), nothing, nothing],
  ["an enum of one value as a const", closed("A"), { type: "string", const: "A" }, nothing, nothing],
  ["a const that is an object", { const: { a: 1 } }, { enum: [{ a: 1 }] }, nothing, nothing],
  ["an open enum in another order", open("A", "B"), open("B", "A"), nothing, nothing],
  ["an open enum after the plain string", open("A"), { anyOf: open("A").anyOf.toReversed() }, nothing, nothing],
  ["alternatives in another order", { anyOf: [a, string] }, { anyOf: [string, a] }, nothing, nothing],
  ["a type as a list of one", string, { type: ["string"] }, nothing, nothing],
  ["types in another order", { type: ["string", "null"] }, { type: ["null", "string"] }, nothing, nothing],
  ["null as an alternative", { type: ["string", "null"] }, { anyOf: [string, { type: "null" }] }, nothing, nothing],
  [
    "fields in another order",
    withField(string),
    { type: "object", properties: { field: string, a: string } },
    nothing,
    nothing,
  ],
  ["what is false by default", string, { ...string, deprecated: false, readOnly: false }, nothing, nothing],
  ["any further field", { ...a, additionalProperties: true }, { ...a, additionalProperties: {} }, nothing, nothing],
  ["allOf of one schema", a, { allOf: [a] }, nothing, nothing],
  [
    "allOf of two",
    withRequired("a"),
    {
      allOf: [
        { type: "object", required: ["a"], properties: { a: string } },
        { type: "object", properties: { b: string } },
      ],
    },
    nothing,
    nothing,
  ],
  [
    "allOf beside fields",
    withRequired("a"),
    { type: "object", properties: { b: string }, allOf: [{ required: ["a"], properties: { a: string } }] },
    nothing,
    nothing,
  ],
  [
    "allOf in allOf",
    a,
    { allOf: [{ allOf: [{ type: "object" }, { properties: { a: string } }] }, {}] },
    nothing,
    nothing,
  ],
  [
    "allOf of a named schema",
    { type: "object", properties: { x: string } },
    { allOf: [{ $ref: "#/components/schemas/Shared" }, {}] },
    nothing,
    nothing,
  ],
  [
    "an inline schema that gets a name",
    withField({ type: "object", properties: { x: string } }),
    withField({ $ref: "#/components/schemas/Shared" }),
    nothing,
    nothing,
  ],
  [
    "a named schema that is written inline",
    withField({ $ref: "#/components/schemas/Shared" }),
    withField({ type: "object", properties: { x: string } }),
    nothing,
    nothing,
  ],
];

const changes: Row[] = [
  ["a field is added", a, withField(string), "minor", "minor"],
  ["a field is removed", withField(string), a, "major", "major"],
  [
    "a field is renamed",
    withField(string),
    { type: "object", properties: { a: string, fields: string } },
    "major",
    "major",
  ],
  ["a field must be there", withRequired("a"), withRequired("a", "b"), "major", "minor"],
  ["a field may be missing", withRequired("a", "b"), withRequired("a"), "minor", "major"],
  ["a field has another type", withField(string), withField({ type: "integer" }), "major", "major"],
  ["a field can be null", withField(string), withField({ type: ["string", "null"] }), "minor", "major"],
  ["a field can be no null", withField({ type: ["string", "null"] }), withField(string), "major", "minor"],
  ["null is no alternative", { anyOf: [a, { type: "null" }] }, a, "major", "minor"],
  ["a type of two is dropped", { type: ["string", "integer"] }, string, "major", "major"],
  ["an alternative is dropped", { oneOf: [a, string, { type: "integer" }] }, { oneOf: [a, string] }, "major", "major"],
  ["an alternative is added", { oneOf: [a, string] }, { oneOf: [a, string, { type: "integer" }] }, "minor", "major"],
  ["a string gets an enum", string, closed("A"), "major", "major"],
  ["a string gets a const", string, { type: "string", const: "A" }, "major", "major"],
  ["a string gets an open enum", string, open("A"), "minor", "minor"],
  ["an enum grows", closed("A"), closed("A", "B"), "minor", "major"],
  ["an enum shrinks", closed("A", "B"), closed("A"), "major", "major"],
  ["an enum swaps a value", closed("A", "B"), closed("A", "C"), "major", "major"],
  ["an enum of objects grows", { enum: [{ a: 1 }] }, { enum: [{ a: 1 }, { a: 2 }] }, "minor", "major"],
  ["a const changes", { const: { a: 1 } }, { const: { a: 2 } }, "major", "major"],
  ["an enum opens", closed("A"), open("A"), "minor", "major"],
  ["an open enum grows", open("A"), open("A", "B"), "minor", "minor"],
  ["an open enum shrinks", open("A", "B"), open("A"), "patch", "patch"],
  ["an open enum closes", open("A", "B"), closed("A", "B"), "major", "major"],
  ["a default is added", withField(string), withField({ ...string, default: "x" }), "minor", "minor"],
  ["a default that is an object is added", a, { ...a, default: { a: "x" } }, "minor", "minor"],
  [
    "a default changes",
    withField({ ...string, default: "x" }),
    withField({ ...string, default: "y" }),
    "major",
    "major",
  ],
  ["a default is removed", withField({ ...string, default: "x" }), withField(string), "major", "major"],
  ["a limit is raised", { ...string, maxLength: 5 }, { ...string, maxLength: 6 }, "minor", "major"],
  ["a limit is lowered", { ...string, maxLength: 5 }, { ...string, maxLength: 4 }, "major", "patch"],
  ["a limit is dropped", { type: "integer", minimum: 5 }, { type: "integer" }, "minor", "major"],
  ["a format is dropped", { ...string, format: "date-time" }, string, "minor", "major"],
  ["a pattern is added", string, { ...string, pattern: "^a" }, "major", "patch"],
  ["further fields are not described", { ...a, additionalProperties: true }, a, "major", "major"],
  [
    "further fields get a type",
    { ...a, additionalProperties: true },
    { ...a, additionalProperties: string },
    "major",
    "patch",
  ],
  [
    "further fields are refused",
    { ...a, additionalProperties: true },
    { ...a, additionalProperties: false },
    "major",
    "major",
  ],
  ["a field can no longer be sent", withField(string), withField({ ...string, readOnly: true }), "major", "major"],
  ["a field is no longer in responses", withField(string), withField({ ...string, writeOnly: true }), "major", "major"],
  ["a field can be sent", withField({ ...string, readOnly: true }), withField(string), "minor", "patch"],
  ["a field is deprecated", withField(string), withField({ ...string, deprecated: true }), "minor", "minor"],
  ["a field is no longer deprecated", withField({ ...string, deprecated: true }), withField(string), "minor", "minor"],
  ["a description changes", a, { ...a, description: "x" }, "patch", "patch"],
  ["an example changes", { ...a, example: { a: "x" } }, { ...a, example: { a: "y" } }, "patch", "patch"],
];

const rows = [...sameThing, ...changes];

describe.each(["request", "response"] as const)("a schema in a %s:", (direction) => {
  let all: Change[];
  beforeAll(async () => {
    all = await compare(description(direction, 1), description(direction, 2));
  }, 60_000);

  test.each(rows.map((row, index) => [row[0], row[direction === "request" ? 3 : 4], index] as const))(
    "%s → %s",
    (_, impact, index) => {
      const found = all.filter(
        ({ place }) =>
          place.startsWith(`components/schemas/Row${index}/`) || place === `components/schemas/Row${index}`,
      );
      expect(found[0]?.impact ?? nothing, JSON.stringify(found, null, 2)).toBe(impact);
      for (const { reason } of found) expect(reason).not.toMatch(/undefined|\[object|``|''/);
      const told = found.map(({ reason }) => reason);
      expect(new Set(told).size).toBe(told.length);
    },
  );
});

/** Each row's schema in an operation of its own. */
function description(direction: "request" | "response", side: 1 | 2) {
  const content = (index: number) => ({
    content: { "application/json": { schema: { $ref: `#/components/schemas/Row${index}` } } },
  });
  const operation = (index: number) =>
    direction === "request"
      ? { requestBody: content(index), responses: { 204: { description: "Done." } } }
      : { responses: { 200: { description: "It.", ...content(index) } } };
  return {
    openapi: "3.1.0",
    info: { title: "Rows", version: "1.0.0" },
    paths: Object.fromEntries(rows.map((_, index) => [`/rows/${index}`, { post: operation(index) }])),
    components: {
      schemas: {
        Shared: { type: "object", properties: { x: string } },
        ...Object.fromEntries(rows.map((row, index) => [`Row${index}`, row[side]])),
      },
    },
  };
}
