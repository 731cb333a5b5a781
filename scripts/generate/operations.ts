// What the client reads of a bundled description at run time: the constraints of parameters, and the server.
import type { Oas3_1Schema, Oas3Operation, Oas3Parameter } from "@redocly/openapi-core";
import type { Description } from "./description.js";
import { resolve } from "./nodes.js";

/** The keywords of a parameter's schema that the client checks before it sends a request. */
const keywords = ["type", "minimum", "maximum", "minLength", "maxLength", "default"];

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The text of operations.ts. */
export function renderOperations(description: Description): string {
  const constraints: Record<string, object> = {};
  const responses: Record<string, string> = {};
  for (const [path, item] of Object.entries(description.paths ?? {})) {
    const pathItem = resolve(description, item) ?? {};
    for (const method of methods) {
      const operation = pathItem[method];
      if (!operation) continue;
      const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])];
      const entries = parameters.map((parameter) => constraintsOf(description, parameter));
      constraints[`${method.toUpperCase()} ${path}`] = Object.fromEntries(entries);
      const response = method === "get" ? responseOf(description, operation) : undefined;
      if (response) responses[path] = response;
    }
  }
  const names = [...new Set(Object.values(responses))].sort();
  return [
    ...(names.length > 0 ? [`import type { ${names.join(", ")} } from "./schemas.js";\n`] : []),
    "/** The description's first server. */",
    `export const server = ${JSON.stringify(description.servers?.[0]?.url ?? "")};\n`,
    "/** What the description says of each operation's parameters, by method and path. */",
    `export const operations = ${JSON.stringify(constraints, null, 2)} as const;\n`,
    "/** The schema of what a GET answers with 200, by path. */",
    "export interface Answers {",
    ...Object.entries(responses).map(([path, name]) => `  ${JSON.stringify(path)}: ${name};`),
    "}\n",
  ].join("\n");
}

function constraintsOf(description: Description, node: Oas3Parameter | { $ref: string }): [string, object] {
  const parameter = resolve<Oas3Parameter>(description, node);
  if (!parameter) throw new Error(`The description has no parameter ${JSON.stringify(node)}`);
  const schema = Object.entries(resolve(description, parameter.schema) ?? {});
  const constraints = Object.fromEntries(schema.filter(([keyword]) => keywords.includes(keyword)));
  return [parameter.name, { in: parameter.in, ...(parameter.required && { required: true }), ...constraints }];
}

/** The name of the schema of an operation's 200, if it has one. */
function responseOf(description: Description, { responses }: Oas3Operation<Oas3_1Schema>): string | undefined {
  const schema = resolve(description, responses?.["200"])?.content?.["application/json"]?.schema;
  const ref = schema && "$ref" in schema ? schema.$ref : undefined;
  return /^#\/components\/schemas\/(\w+)$/.exec(ref ?? "")?.[1];
}
