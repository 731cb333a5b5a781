import type { Oas3Rule } from "@redocly/openapi-core";

/** A pattern is a regular expression of JavaScript with the flag `u`, as JSON Schema recommends. */
export const pattern: Oas3Rule = () => ({
  Schema({ pattern: source }, ctx) {
    if (source === undefined) return;
    try {
      new RegExp(source, "u");
    } catch (error) {
      ctx.report({
        message: `The pattern is no regular expression of JavaScript: ${error}`,
        location: ctx.location.child("pattern"),
      });
    }
  },
});
