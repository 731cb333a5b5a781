// Renders generated/operations.ts, which the client reads at run time: the server, and the constraints of each operation.
import type { Oas3_1Schema, Oas3Operation, Oas3Parameter } from "@redocly/openapi-core";
import { callOptionsOf, contentTypeOf } from "./call-options.js";
import { constraintsOf } from "./constraints.js";
import type { Description } from "./description.js";
import { resolve } from "./description-nodes.js";
import { itemsOf } from "./page-lists.js";

type Operation = Oas3Operation<Oas3_1Schema>;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The text of operations.ts. */
export function renderOperations(description: Description): string {
  const constants = new Constants();
  const lines: string[] = [];
  const responses: Record<string, string> = {};
  for (const [path, item] of Object.entries(description.paths ?? {})) {
    const pathItem = resolve(description, item) ?? {};
    for (const method of methods) {
      const operation = pathItem[method];
      if (!operation) continue;
      const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => {
        const resolved = resolve<Oas3Parameter>(description, parameter);
        if (!resolved) throw new Error(`The description has no parameter ${JSON.stringify(parameter)}`);
        return resolved;
      });
      const groups = ["path", "query", "header"].flatMap((location) => {
        const group = parameters.filter((parameter) => parameter.in === location);
        const entries = group.map((one) => [one.name, constants.add(constraintsOf(description, one))] as const);
        // A parameter of the operation takes the place of one of the path.
        return entries.length > 0 ? `${location}: ${objectOf([...new Map(entries)])}` : [];
      });
      const more = {
        options: callOptionsOf(description, operation, parameters),
        contentType: contentTypeOf(description, operation),
        items: method === "get" ? itemsOf(description, operation, parameters) : undefined,
      };
      const others = Object.entries(more).flatMap(([key, value]) => (value ? `${key}: ${constants.add(value)}` : []));
      lines.push(`  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: { ${[...groups, ...others].join(", ")} },`);
      const response = method === "get" ? responseOf(description, operation) : undefined;
      if (response) responses[path] = response;
    }
  }
  const names = [...new Set(Object.values(responses))].sort();
  return [
    ...(names.length > 0 ? [`import type { ${names.join(", ")} } from "./schemas.js";\n`] : []),
    "/** The description's first server. */",
    `export const server = ${JSON.stringify(description.servers?.[0]?.url ?? "")};\n`,
    "// What several operations have is here once, so that a further operation costs few bytes in a bundle.",
    ...constants.lines,
    "\n/** What the client knows of each operation, by method and path. */",
    "export const operations = {",
    ...lines,
    "} as const;\n",
    "/** The schema of what a GET responds with when it succeeds, by path. */",
    "export interface Responses {",
    ...Object.entries(responses).map(([path, name]) => `  ${JSON.stringify(path)}: ${name};`),
    "}\n",
  ].join("\n");
}

/** Values as constants, each value once. */
class Constants {
  readonly #names = new Map<string, string>();

  get lines(): string[] {
    return [...this.#names].map(([text, name]) => `const ${name} = ${text} as const;`);
  }

  /** @returns the name of the constant */
  add(value: object | string): string {
    const text = JSON.stringify(value);
    const name = this.#names.get(text) ?? `c${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }
}

function objectOf(entries: readonly (readonly [name: string, text: string])[]): string {
  return `{ ${entries.map(([name, text]) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)}: ${text}`).join(", ")} }`;
}

/** The name of the schema of an operation's 200, if it has one. */
function responseOf(description: Description, { responses }: Operation): string | undefined {
  const schema = resolve(description, responses?.["200"])?.content?.["application/json"]?.schema;
  const ref = schema && "$ref" in schema ? schema.$ref : undefined;
  return /^#\/components\/schemas\/(\w+)$/.exec(ref ?? "")?.[1];
}
