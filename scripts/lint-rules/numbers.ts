// Numbers that JavaScript, or the mock server, cannot represent.
import type { Oas3Rule } from "@redocly/openapi-core";
import { nodeOf, report } from "./report.js";

const keywords = [
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["default", "const", "enum", "example", "examples"],
];

export const numbers: Oas3Rule = () => ({
  Schema(schema, ctx) {
    const node = nodeOf(ctx, schema);
    const { type, format = "", minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = node.fields;
    for (const keyword of keywords) {
      const value = [node.fields[keyword]].flat().find((one) => Number.isInteger(one) && !Number.isSafeInteger(one));
      if (value === undefined) continue;
      const advice = "Remove it, or describe a string of digits.";
      report(ctx, node.at(keyword), `JavaScript rounds numbers beyond 2^53, such as ${value}. ${advice}`);
    }
    const isBounded = (minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined;
    if ([type].flat().includes("integer") && /^u?int64$/.test(String(format)) && !isBounded) {
      const advice = "Give it a minimum and a maximum within 2^53, or the type string, as in protobuf JSON.";
      report(ctx, node, `JavaScript loses digits of a 64-bit integer. ${advice}`);
    }
    if (typeof multipleOf === "number" && !Number.isInteger(multipleOf * 2 ** 20)) {
      const problem = `JavaScript cannot represent ${multipleOf} exactly, so the mock server refuses some multiples of it`;
      report(ctx, node.at("multipleOf"), `${problem}. Use a whole number, or 0.5, 0.25 and so on.`);
    }
  },
});
