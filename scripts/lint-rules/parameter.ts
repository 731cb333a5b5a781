// Parameters that the client can send.
import type { Oas3Parameter, Oas3Rule } from "@redocly/openapi-core";
import type { Node } from "../description/node.js";
import { isPrimitive, typesOf } from "../description/schema.js";
import { type Serialization, serializationOf } from "../description/serialization.js";
import { nodeOf, report } from "./report.js";

export const parameterRule: Oas3Rule = () => ({
  Parameter(value, ctx) {
    const node = nodeOf(ctx, value);
    const problems = [nameProblem(value), ...formProblems(value), ...shapeProblems(node)];
    for (const message of problems) if (message) report(ctx, node, message);
  },
});

/** openapi-fetch sends a name unencoded. */
function nameProblem({ name, in: location }: Oas3Parameter): string | undefined {
  if (location === "header" && /^(accept|authorization|content-type)$/i.test(name)) {
    return `OpenAPI ignores a header parameter called ${name}. Describe security, or the content of the request or the response, instead.`;
  }
  const isValid = location === "query" ? /^[\w.~$@:[\]-]+$/.test(name) : /^[\w-]+$/.test(name);
  if (isValid && name !== "__proto__") return undefined;
  return `The client cannot send a ${location} parameter called ${name}. Give it a name of letters, digits, - and _.`;
}

function* formProblems({ in: location, schema, content, allowReserved, required, example, examples }: Oas3Parameter) {
  if (location === "cookie")
    yield "The client does not send cookies, because a browser sets them. Use a header parameter.";
  if (content || !schema) yield "A parameter needs a schema: the client cannot serialize one that has content.";
  if (allowReserved) yield "The client percent-encodes reserved characters. Remove allowReserved.";
  if (required && example === undefined && !examples) {
    yield "A required parameter needs an example for the code samples of the docs.";
  }
}

const styles: Readonly<Record<string, readonly string[]>> = {
  path: ["simple"],
  header: ["simple"],
  query: ["form", "deepObject", "spaceDelimited", "pipeDelimited"],
};

function* shapeProblems(parameter: Node): Generator<string, void, void> {
  const location = parameter.text("in");
  const schema = parameter.at("schema");
  const serialization = serializationOf(parameter);
  const { kind, style } = serialization;
  if (!(styles[location] ?? [style]).includes(style)) {
    yield `The client cannot send a ${location} parameter in the style ${style}. Supported: ${styles[location]?.join(", ")}.`;
  }
  if (kind === "object" && location !== "query") yield `A ${location} parameter cannot be an object. Use the query.`;
  if (kind === "array" && location === "path") yield "A path parameter cannot be a list. Use the query.";
  const problem = styleProblem(serialization);
  if (problem) yield problem;
  if (kind === "object") yield* objectProblems(schema);
  if (kind === "array" && !isPrimitive(schema.at("items"))) {
    yield "The items of a parameter that is a list must be text, numbers, true or false.";
  }
}

function styleProblem({ kind, style, explode }: Serialization): string | undefined {
  if (style === "deepObject" && kind !== "object") return "The style deepObject is for a parameter that is an object.";
  const isDelimited = ["spaceDelimited", "pipeDelimited"].includes(style);
  if (isDelimited && kind !== "array") return `The style ${style} is for a parameter that is a list.`;
  return isDelimited && explode ? `The style ${style} with explode is the same as form. Use form.` : undefined;
}

/** Its fields become parts of the query, so the client must know each of them. */
function* objectProblems(schema: Node): Generator<string, void, void> {
  const { properties, additionalProperties, anyOf, oneOf, allOf } = schema.fields;
  const types = [...typesOf(schema)].filter((type) => type !== "null");
  if (anyOf || oneOf || allOf || types.length > 1 || additionalProperties || !properties) {
    yield "A parameter that is an object must list its properties itself, without anyOf, oneOf, allOf and additionalProperties.";
  }
  const names = schema.at("properties").keys;
  const nested = names.find((name) => !isPrimitive(schema.at("properties", name)));
  if (nested) yield `The property ${nested} of a parameter must be text, a number, true or false.`;
  const odd = names.find((name) => !/^[\w.-]+$/.test(name) || name === "__proto__");
  if (odd) yield `The client cannot send a property called ${odd}. Give it a name of letters, digits, - and _.`;
}
