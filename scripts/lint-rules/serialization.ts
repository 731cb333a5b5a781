// How a parameter goes on the wire.
import { descend, elementsOf, fieldsOf, type Node, type Resolver } from "./node.js";

export interface Serialization {
  readonly kind: "primitive" | "array" | "object";
  readonly style: string;
  readonly explode: boolean;
}

/** As OpenAPI has it, with its defaults. */
export function serializationOf(ctx: Resolver, parameter: Node): Serialization {
  const types = typesOf(ctx, descend(ctx, parameter, "schema"));
  const fields = fieldsOf(parameter);
  const style = String(fields["style"] ?? (fields["in"] === "query" ? "form" : "simple"));
  return {
    kind: types.has("object") ? "object" : types.has("array") ? "array" : "primitive",
    style,
    explode: style === "deepObject" || Boolean(fields["explode"] ?? style === "form"),
  };
}

/** The JSON types that a schema allows, with those of its parts. */
export function typesOf(ctx: Resolver, schema: Node, seen = new Set<unknown>()): Set<unknown> {
  if (seen.has(schema.value)) return new Set();
  seen.add(schema.value);
  const { type, allOf, anyOf, oneOf, properties, items } = fieldsOf(schema);
  const own = [type ?? (properties ? "object" : items ? "array" : [])].flat();
  const parts = [allOf, anyOf, oneOf].flatMap((value) => elementsOf(ctx, { ...schema, value }));
  return new Set([...own, ...parts.flatMap((part) => [...typesOf(ctx, part, seen)])]);
}
