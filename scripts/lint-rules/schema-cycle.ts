import type { Oas3Rule, UserContext } from "@redocly/openapi-core";
import { descend, fieldsOf, type Node } from "./node.js";

/**
 * Refuses a schema that is a list, or a choice, of itself. TypeScript has types only for those that refer to themselves
 * in a property.
 */
export const schemaCycle: Oas3Rule = () => ({
  Schema(schema, ctx) {
    const start = { value: schema, file: ctx.location.source.absoluteRef };
    if (!consistsOf(schema, start, ctx)) return;
    const message = "A schema can refer to itself only in a property: TypeScript has no type for this one.";
    ctx.report({ message, location: ctx.location });
  },
});

/** Whether a schema is reached from a node through what makes up its type, without a property in between. */
function consistsOf(schema: unknown, node: Node, ctx: UserContext, seen = new Set<unknown>()): boolean {
  const { allOf, anyOf, oneOf, prefixItems, items } = fieldsOf(node);
  const parts = [allOf, anyOf, oneOf, prefixItems, items].flat().filter((part) => part !== undefined);
  return parts.some((value) => {
    const part = descend(ctx, { value, file: node.file });
    if (part.value === schema) return true;
    if (seen.has(part.value)) return false;
    seen.add(part.value);
    return consistsOf(schema, part, ctx, seen);
  });
}
