// Normalizes a schema: two that mean the same to a validator and as types become equal.
import { isPlainObject, type Oas3_1Schema as Schema, type UserContext } from "@redocly/openapi-core";
import { annotations, openEnum } from "./keywords.js";

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

export function unifySchema(schema: Schema, { resolve }: UserContext): void {
  if ("const" in schema) schema.enum = [schema.const];
  delete schema.const;
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const members = schema[keyword];
    const one = members && (asOpenEnum(members.map((member) => resolve(member).node ?? {})) ?? asNullable(members));
    if (!one) continue;
    delete schema[keyword];
    Object.assign(schema, one, schema);
  }
  if (schema.additionalProperties === true) schema.additionalProperties = {};
  const [type = "", ...types] = [schema.type ?? []].flat().sort();
  if (type) schema.type = types.length > 0 ? [type, ...types] : type;
  if (schema.required?.length) schema.required.sort();
  else delete schema.required;
  if (schema.enum) schema.enum = schema.enum.map(text).sort();
  if (schema.examples) schema.examples = schema.examples.map(text);
  omitFalse(schema, "deprecated", "readOnly", "writeOnly", "uniqueItems");
  asText(schema, "default", "example");
}

/** `"A" | "B" | string` */
function asOpenEnum(members: Schema[]): object | undefined {
  const { title: _, ...plain } = members.find((member) => !member.enum) ?? {};
  const values = members.flatMap((member) => member.enum ?? []);
  if (values.length === 0 || !plain.type || members.some(({ type }) => type !== "string")) return undefined;
  return { ...plain, [openEnum]: values.map(String).sort() };
}

/** `T | null` */
function asNullable(members: Schema[]): object | undefined {
  const [only, ...others] = members.filter(({ type }) => type !== "null");
  if (!only?.type || others.length > 0 || members.length === 1) return undefined;
  return { ...only, type: [only.type, "null"].flat(), ...(only.enum && { enum: [...only.enum, null] }) };
}

/** Converts these values to text, because Redocly compares only primitives and lists of them. */
export function asText(node: object, ...keys: string[]): void {
  for (const [key, value] of Object.entries(node)) if (keys.includes(key)) Object.assign(node, { [key]: text(value) });
}

export function omitFalse(node: object, ...keys: string[]): void {
  for (const key of keys) if (Reflect.get(node, key) === false) Reflect.deleteProperty(node, key);
}

function text<T>(value: T): T | string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
