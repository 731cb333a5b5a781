// Finds the lists on a page of an operation, and the fields that their items require.
import { descend, elementsOf, fieldsOf, type Node, type Resolver } from "../lint-rules/node.js";
import { typesOf } from "../lint-rules/serialization.js";
import { resolverOf } from "./description-nodes.js";

/** What `typeof` says of a value, by its JSON type. */
const typeNames: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  array: "object",
  object: "object",
};

/**
 * The lists on a page by their names, each with the fields that its items must have; undefined for an operation that does
 * not page.
 */
export function itemsOf(
  description: object,
  operation: object,
  parameters: readonly { readonly in?: string; readonly name: string }[],
): Readonly<Record<string, object | null>> | undefined {
  const ctx = resolverOf(description);
  const content = descend(ctx, { value: operation }, "responses", "200", "content", "application/json");
  const page = propertiesOf(ctx, descend(ctx, content, "schema"));
  const takesToken = parameters.some((parameter) => parameter.in === "query" && parameter.name === "pageToken");
  if (!takesToken || !page.has("nextPageToken")) return undefined;
  const lists = [...page].filter(([, schema]) => typesOf(ctx, schema).has("array"));
  return Object.fromEntries(lists.map(([name, list]) => [name, requiredFields(ctx, descend(ctx, list, "items"))]));
}

/** The required fields of an object, with what `typeof` says of each; null for what need not be an object. */
function requiredFields(ctx: Resolver, schema: Node): object | null {
  const types = typesOf(ctx, schema);
  if (!types.has("object") || types.size > 1) return null;
  const fields = [...propertiesOf(ctx, schema)].flatMap(([name, property]) => {
    const [type, ...others] = typesOf(ctx, property);
    const typeName = typeNames[String(type)];
    return typeName && others.length === 0 && requiredOf(ctx, schema).has(name) ? [[name, typeName] as const] : [];
  });
  return Object.fromEntries(fields);
}

/** The properties of a schema and of what it inherits. */
export function propertiesOf(ctx: Resolver, schema: Node): Map<string, Node> {
  const inherited = elementsOf(ctx, descendOnce(schema, "allOf")).flatMap((part) => [...propertiesOf(ctx, part)]);
  const own = descendOnce(schema, "properties");
  const properties = Object.entries(fieldsOf(own)).map(([name, value]) => {
    return [name, descend(ctx, { ...own, value })] as const;
  });
  return new Map([...inherited, ...properties]);
}

function requiredOf(ctx: Resolver, schema: Node): Set<unknown> {
  const inherited = elementsOf(ctx, descendOnce(schema, "allOf")).flatMap((part) => [...requiredOf(ctx, part)]);
  const { required } = fieldsOf(schema);
  return new Set([...inherited, ...(Array.isArray(required) ? required : [])]);
}

function descendOnce(node: Node, key: string): Node {
  return { ...node, value: fieldsOf(node)[key] };
}
