// Reads schemas, with the parts that they inherit.
import type { Node } from "./node.js";

/** The JSON types that a schema allows, with those of its parts. */
export function typesOf(schema: Node, seen = new Set<unknown>()): Set<unknown> {
  if (seen.has(schema.value)) return new Set();
  seen.add(schema.value);
  const { type, properties, items } = schema.fields;
  const own = [type ?? (properties ? "object" : items ? "array" : [])].flat();
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => schema.at(keyword).children);
  return new Set([...own, ...parts.flatMap((part) => [...typesOf(part, seen)])]);
}

/** Whether its values are text, numbers, true or false. */
export function isPrimitive(schema: Node): boolean {
  const types = typesOf(schema);
  return !types.has("object") && !types.has("array");
}

/** The properties of a schema, with inherited ones. */
export function propertiesOf(schema: Node): Map<string, Node> {
  const inherited = schema.at("allOf").children.flatMap((part) => [...propertiesOf(part)]);
  const own = schema.at("properties");
  return new Map([...inherited, ...own.keys.map((name) => [name, own.at(name)] as const)]);
}

/** The names of the required properties of a schema, with inherited ones. */
export function requiredOf(schema: Node): Set<unknown> {
  const inherited = schema.at("allOf").children.flatMap((part) => [...requiredOf(part)]);
  return new Set([...inherited, ...schema.at("required").children.map(({ value }) => value)]);
}

/**
 * The parts of an enum that is open, which is an enum beside a plain string (`anyOf`): it has known values, and allows
 * others.
 */
export function openEnumOf(schema: Node): { values: readonly unknown[]; others: readonly Node[] } | undefined {
  const members = schema.at("anyOf").children;
  const values = members.flatMap((member) => member.at("enum").children.map(({ value }) => value));
  const others = members.filter((member) => member.text("type") === "string" && !member.fields["enum"]);
  return values.length > 0 && others.length > 0 ? { values, others } : undefined;
}

/** Whether each choice of a schema has only `required`, which names properties of the schema. */
export function isRequiredChoice(schema: Node, keyword: string): boolean {
  const properties = schema.at("properties").keys;
  const choices = schema.at(keyword).children;
  return choices.every((choice) => {
    const names = choice.at("required").children.map(({ value }) => String(value));
    const isAlone = choice.keys.every((key) => ["required", "title", "description"].includes(key));
    return isAlone && names.length > 0 && names.every((name) => properties.includes(name));
  });
}
