// @ts-check
// The run-time facts of a bundled description: what a call is checked against, and where it goes.

/**
 * @typedef {import("@redocly/openapi-core").Oas3_1Definition} Description
 * @typedef {import("@redocly/openapi-core").Oas3Parameter} Parameter
 */

import { isTypeName } from "./names.js";
import { resolve } from "./nodes.js";

/** The keywords of a parameter's schema that the client checks before it sends a request. */
const keywords = ["type", "minimum", "maximum", "minLength", "maxLength", "default"];

const methods = /** @type {const} */ (["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/**
 * @param {Description} description bundled
 * @returns {string} the text of operations.ts
 */
export function operations(description) {
  /** @type {Record<string, unknown>} */
  const facts = {};
  /** @type {Record<string, string>} */
  const answers = {};
  for (const [route, item] of Object.entries(description.paths ?? {})) {
    const pathItem = resolve(description, item);
    for (const method of methods) {
      const operation = pathItem?.[method];
      if (!operation) continue;
      const nodes = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])];
      const parameters = Object.fromEntries(nodes.map((node) => factsOf(description, node)));
      facts[`${method.toUpperCase()} ${route}`] = parameters;
      const answer = method === "get" ? answerOf(description, operation) : undefined;
      if (answer) answers[route] = answer;
    }
  }
  const names = [...new Set(Object.values(answers))].sort();
  const lines = Object.entries(answers).map(([route, name]) => `  ${JSON.stringify(route)}: ${name};\n`);
  return (
    (names.length > 0 ? `import type { ${names.join(", ")} } from "./schemas.js";\n\n` : "") +
    `/** The description's first server. */\n` +
    `export const server = ${JSON.stringify(description.servers?.[0]?.url ?? "")};\n\n` +
    `/** What the description says of each operation's parameters, by method and path. */\n` +
    `export const operations = ${JSON.stringify(facts, null, 2)} as const;\n\n` +
    `/** The schema of what a GET answers with 200, by path. */\n` +
    `export interface Answers {\n${lines.join("")}}\n`
  );
}

/**
 * @param {Description} description
 * @param {Parameter | { $ref: string }} node
 */
function factsOf(description, node) {
  const parameter = /** @type {Parameter} */ (resolve(description, node));
  const required = parameter.required ? { required: true } : {};
  const schema = Object.entries(resolve(description, parameter.schema) ?? {});
  const limits = Object.fromEntries(schema.filter(([keyword]) => keywords.includes(keyword)));
  return [parameter.name, { in: parameter.in, ...required, ...limits }];
}

/**
 * The name of the schema that an operation answers with, if it has one.
 * @param {Description} description
 * @param {import("@redocly/openapi-core").Oas3Operation<import("@redocly/openapi-core").Oas3_1Schema>} operation
 */
function answerOf(description, { responses }) {
  const schema = resolve(description, responses?.["200"])?.content?.["application/json"]?.schema;
  const [, name] = (schema && "$ref" in schema && /^#\/components\/schemas\/(\w+)$/.exec(`${schema.$ref}`)) || [];
  return name && isTypeName(name) ? name : undefined;
}
