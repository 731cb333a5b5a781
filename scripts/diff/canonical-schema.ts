// A schema in one form: what is the same to a validator and in the types is written in the same way.
import { isPlainObject, type UserContext } from "@redocly/openapi-core";
import { annotations, openEnum } from "./keywords.js";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: unknown;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  examples?: unknown[];
}
type Resolve = UserContext["resolve"];

/** An `allOf`, `anyOf` or `oneOf` of one schema says no more than the schema. */
export function unwrap(node: unknown): unknown {
  if (!isPlainObject(node)) return node;
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const { [keyword]: schemas, ...rest } = node;
    if (!Array.isArray(schemas) || schemas.length !== 1) continue;
    if (Object.keys(rest).every((key) => annotations.includes(key))) return { ...schemas[0], ...rest };
  }
  return node;
}

export function unifySchema(schema: Schema, resolve: Resolve): void {
  if ("const" in schema) {
    schema.enum = [schema.const];
    delete schema.const;
  }
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const members = schema[keyword]?.map((member) => resolve<Schema>(member).node ?? member);
    const merged = members && (asOpenEnum(members) ?? asTypes(schema[keyword] ?? []));
    if (!merged || "type" in schema) continue;
    delete schema[keyword];
    Object.assign(schema, merged, schema);
  }
  if (schema.additionalProperties === true) schema.additionalProperties = {};
  if (Array.isArray(schema.type)) {
    const [first = "", ...more] = schema.type.toSorted();
    schema.type = more.length > 0 ? [first, ...more] : first;
  }
  if (schema.required?.length) schema.required.sort();
  else delete schema.required;
  if (schema.enum) schema.enum = schema.enum.map(text).sort(byText);
  if (schema.examples) schema.examples = schema.examples.map(text);
  omitFalse(schema, "deprecated", "readOnly", "writeOnly", "uniqueItems");
  asText(schema, "default", "example");
}

/** Strings with and without an enum: `"A" | "B" | string`. */
function asOpenEnum(members: Schema[]): object | undefined {
  const plain = members.find((member) => !member.enum);
  const values = members.flatMap((member) => member.enum ?? []);
  if (!plain || values.length === 0 || members.some(({ type }) => type !== "string")) return undefined;
  const { title: _, ...rest } = { title: "", ...plain };
  return { ...rest, [openEnum]: values.map(String).sort() };
}

/** Types of which at most one has constraints, which concern no other: `string | null`. */
function asTypes(members: Schema[]): object | undefined {
  if (members.some((member) => !member.type || member.$ref)) return undefined;
  const constrained = members.filter((member) =>
    Object.keys(member).some((key) => !["type", ...annotations].includes(key)),
  );
  const values = constrained[0]?.enum;
  if (
    constrained.length > 1 ||
    (values && members.some((member) => member !== constrained[0] && member.type !== "null"))
  ) {
    return undefined;
  }
  const { description: _, title: __, ...rest } = { description: "", title: "", ...constrained[0] };
  return {
    ...rest,
    type: [...new Set(members.flatMap(({ type = [] }) => type))],
    ...(values && { enum: [...values, null] }),
  };
}

/** Redocly compares what is no object, and lists of that. */
export function asText(node: object, ...keys: string[]): void {
  for (const [key, value] of Object.entries(node)) if (keys.includes(key)) Object.assign(node, { [key]: text(value) });
}

export function omitFalse(node: object, ...keys: string[]): void {
  for (const key of keys) if (Reflect.get(node, key) === false) Reflect.deleteProperty(node, key);
}

function text(value: unknown): unknown {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function byText(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : 1;
}
