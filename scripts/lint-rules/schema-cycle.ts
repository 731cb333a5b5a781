import type { Oas3Rule } from "@redocly/openapi-core";
import type { Node } from "../description/node.js";
import { nodeOf, report } from "./report.js";

/**
 * Refuses a schema that is a list, or a choice, of itself. TypeScript has types only for those that refer to themselves
 * in a property.
 */
export const schemaCycle: Oas3Rule = () => ({
  Schema(schema, ctx) {
    const node = nodeOf(ctx, schema);
    if (!consistsOf(schema, node)) return;
    report(ctx, node, "A schema can refer to itself only in a property: TypeScript lacks other cycles.");
  },
});

/** Whether a node's type contains a schema without a property in between. */
function consistsOf(schema: unknown, node: Node, seen = new Set<unknown>()): boolean {
  const lists = ["allOf", "anyOf", "oneOf", "prefixItems"].flatMap((keyword) => node.at(keyword).children);
  return [...lists, node.at("items")].some((part) => {
    if (part.value === schema) return true;
    if (part.value === undefined || seen.has(part.value)) return false;
    seen.add(part.value);
    return consistsOf(schema, part, seen);
  });
}
