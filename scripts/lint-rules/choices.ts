// Choices of schemas (`anyOf`, `oneOf`) that types, client and mock server would read in different ways.
import type { Oas3Rule } from "@redocly/openapi-core";
import type { Node } from "../description/node.js";
import { isRequiredChoice, propertiesOf, requiredOf, typesOf } from "../description/schema.js";
import { nodeOf, report } from "./report.js";

export const choices: Oas3Rule = () => ({
  Schema(schema, ctx) {
    const node = nodeOf(ctx, schema);
    for (const message of [...typelessProblems(node), ...overlapProblems(node), ...discriminatorProblems(node)]) {
      report(ctx, node, message);
    }
  },
});

/** A type beside `unknown` is `unknown`. */
function* typelessProblems(schema: Node): Generator<string, void, void> {
  for (const keyword of ["anyOf", "oneOf"]) {
    const members = schema.at(keyword).children;
    if (isRequiredChoice(schema, keyword) || members.every(hasType)) continue;
    yield `A choice of ${keyword} without a type makes the schema unknown to TypeScript. Give each choice a type, or only required, and describe the properties beside ${keyword}.`;
  }
  const parts = schema.at("allOf").children.filter((part) => part.fields["required"] && !hasType(part));
  if (parts.length > 0)
    yield "A part of allOf that has only required does not change the type. Write required beside allOf.";
}

function hasType(schema: Node): boolean {
  return typesOf(schema).size > 0 || "const" in schema.fields || "enum" in schema.fields;
}

/** A value must be valid by one schema of `oneOf` only, which the mock server validates, but a type cannot express. */
function* overlapProblems(schema: Node): Generator<string, void, void> {
  const members = schema.at("oneOf").children;
  for (const [index, one] of members.entries()) {
    const other = members.slice(index + 1).find((another) => overlap(one, another));
    if (!other) continue;
    yield "A value can match two choices of oneOf, which makes it invalid. Use anyOf.";
    return;
  }
}

function overlap(one: Node, other: Node): boolean {
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values && others) return values.some((value) => others.includes(value));
  const types = typesOf(other);
  return [...typesOf(one)].some((type) => {
    if (type === "object" || type === "array") return false;
    return (
      types.has(type) || (type === "integer" && types.has("number")) || (type === "number" && types.has("integer"))
    );
  });
}

function valuesOf({ fields }: Pick<Node, "fields"> = { fields: {} }): unknown[] | undefined {
  return "const" in fields ? [fields["const"]] : (fields["enum"] as unknown[] | undefined);
}

/**
 * The types take the value that a discriminator gives a schema; the mock server takes the value in the schema itself.
 */
function* discriminatorProblems(schema: Node): Generator<string, void, void> {
  const discriminator = schema.at("discriminator");
  if (discriminator.value === undefined) return;
  const members = [...schema.at("oneOf").children, ...schema.at("anyOf").children];
  if (members.length === 0) yield "A discriminator needs oneOf or anyOf beside it.";
  const name = discriminator.text("propertyName");
  const mapping = Object.entries(discriminator.at("mapping").fields);
  for (const member of members) {
    const own = nameOf(member.ref ?? "");
    const mapped = mapping.filter(([, target]) => nameOf(String(target)) === own).map(([value]) => value);
    const expected = mapped.length > 0 ? mapped : [own];
    const values = valuesOf(propertiesOf(member).get(name)) ?? [];
    const isSame = values.length === expected.length && expected.every((value) => values.includes(value));
    if (isSame && requiredOf(member).has(name)) continue;
    yield `The discriminator maps ${name} ${expected.join(", ")} to ${own || "a schema without a name"}. Let that schema require ${name}, with this const, or change the mapping.`;
  }
}

/** The name of the schema that a reference leads to, or of its file. */
function nameOf(reference: string): string {
  return (reference.split("/").at(-1) ?? "").replace(/\.(ya?ml|json)$/, "");
}
