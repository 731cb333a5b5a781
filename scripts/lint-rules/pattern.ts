import type { Oas3Rule } from "@redocly/openapi-core";
import { nodeOf, report } from "./report.js";

/** A pattern is a regular expression of JavaScript with the flag `u`, as JSON Schema recommends. */
export const pattern: Oas3Rule = () => ({
  Schema(schema, ctx) {
    if (schema.pattern === undefined) return;
    const node = nodeOf(ctx, schema).at("pattern");
    try {
      new RegExp(schema.pattern, "u");
    } catch (error) {
      return report(ctx, node, `The pattern is not a regular expression of JavaScript: ${error}`);
    }
    if (alternativesOf(schema.pattern).every((one) => /^(\^|\.\*)/.test(one) && /(\$|\.\*)$/.test(one))) return;
    report(
      ctx,
      node,
      `The pattern ${schema.pattern} matches anywhere in a text. Begin it with ^ and end it with $, or write .* where any text is allowed.`,
    );
  },
});

/** The alternatives outside of groups, with a letter for each group, class and escape. */
function alternativesOf(source: string): string[] {
  let flat = source.replace(/\\.|\[(\\.|[^\]\\])*\]/gs, "x");
  while (/\([^()]*\)/.test(flat)) flat = flat.replace(/\([^()]*\)/g, "x");
  return flat.split("|");
}
