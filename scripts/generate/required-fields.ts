import type { Node } from "../description/node.js";
import { propertiesOf, requiredOf, typesOf } from "../description/schema.js";

/** The `typeof` of a value, by its JSON type. */
const typeNames: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  array: "object",
  object: "object",
};

/** The required fields of an object, with the `typeof` of each; null when a value need not be an object. */
export function requiredFieldsOf(schema: Node): object | null {
  const types = typesOf(schema);
  if (!types.has("object") || types.size > 1) return null;
  const required = requiredOf(schema);
  const fields = [...propertiesOf(schema)].flatMap(([name, property]) => {
    const [type, ...others] = typesOf(property);
    const typeName = typeNames[String(type)];
    return typeName && others.length === 0 && required.has(name) ? [[name, typeName] as const] : [];
  });
  return Object.fromEntries(fields);
}
