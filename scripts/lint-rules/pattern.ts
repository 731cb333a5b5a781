import type { Oas3Rule } from "@redocly/openapi-core";
import { nodeOf, reporter } from "./report.js";

/** A pattern is a regular expression of JavaScript with the flag `u`, as JSON Schema recommends. */
export const pattern: Oas3Rule = () => ({
  Schema(schema, ctx) {
    if (schema.pattern === undefined) return;
    const report = reporter(ctx, nodeOf(ctx, schema).at("pattern"));
    try {
      new RegExp(schema.pattern, "u");
    } catch (error) {
      return report(`The pattern is no regular expression of JavaScript: ${error}`);
    }
    if (alternativesOf(schema.pattern).every((one) => /^(\^|\.\*)/.test(one) && /(\$|\.\*)$/.test(one))) return;
    report(
      `The pattern ${schema.pattern} is found anywhere in a text. Begin it with ^ and end it with $, or say .* where anything may stand.`,
    );
  },
});

/** What stands between the `|` that are in no group, with groups, classes and escapes made a letter. */
function alternativesOf(source: string): string[] {
  let flat = source.replace(/\\.|\[(\\.|[^\]\\])*\]/gs, "x");
  while (/\([^()]*\)/.test(flat)) flat = flat.replace(/\([^()]*\)/g, "x");
  return flat.split("|");
}
