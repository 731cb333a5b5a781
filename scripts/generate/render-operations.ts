// Renders generated/operations.ts, which the client reads at run time: the server, and the constraints of each operation.
import { listsOf } from "../description/lists.js";
import type { Description } from "../description/load.js";
import { type Operation, operationsOf, parametersIn } from "../description/operations.js";
import { callOptionsOf, contentTypeOf } from "./call-options.js";
import { constraintsOf } from "./constraints.js";
import { objectLiteral } from "./object-literal.js";
import { requiredFieldsOf } from "./required-fields.js";

/** The text of operations.ts. */
export function renderOperations(description: Description): string {
  const constants = new Constants();
  const lines: string[] = [];
  const responses: Record<string, string> = {};
  const deprecated: string[] = [];
  for (const operation of operationsOf(description)) {
    const { method, path } = operation;
    const groups = ["path", "query", "header"].flatMap((location) => {
      const group = parametersIn(operation, location);
      const entries = group.map((one) => [one.text("name"), constants.add(constraintsOf(one))] as const);
      return entries.length > 0 ? `${location}: ${objectLiteral(entries)}` : [];
    });
    const lists = listsOf(operation);
    const more = {
      options: callOptionsOf(operation),
      contentType: contentTypeOf(operation),
      items: lists && Object.fromEntries([...lists].map(([name, item]) => [name, requiredFieldsOf(item)])),
    };
    const others = Object.entries(more).flatMap(([key, value]) => (value ? `${key}: ${constants.add(value)}` : []));
    lines.push(`  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: { ${[...groups, ...others].join(", ")} },`);
    const response = method === "get" ? responseOf(operation) : undefined;
    if (response) responses[path] = response;
    if (method === "get" && operation.node.fields["deprecated"] === true) deprecated.push(path);
  }
  const names = [...new Set(Object.values(responses))].sort();
  return [
    ...(names.length > 0 ? [`import type { ${names.join(", ")} } from "./schemas.js";\n`] : []),
    "/** The description's first server. */",
    `export const server = ${JSON.stringify(description.servers?.[0]?.url ?? "")};\n`,
    "// Values that operations share are written once, so that a further operation costs few bytes in a bundle.",
    ...constants.lines,
    "\n/** Each operation, as far as the client uses it, by method and path. */",
    "export const operations = {",
    ...lines,
    "} as const;\n",
    "/** The schema of the successful response of a GET, by path. */",
    "export interface Responses {",
    ...Object.entries(responses).map(([path, name]) => `  ${JSON.stringify(path)}: ${name};`),
    "}\n",
    "/** The paths whose GET is deprecated. */",
    `export type DeprecatedPath = ${deprecated.map((path) => JSON.stringify(path)).join(" | ") || "never"};\n`,
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

/** The name of the schema of an operation's 200, if it has one. */
function responseOf({ node }: Operation): string | undefined {
  const { ref = "" } = node.at("responses", "200", "content", "application/json", "schema");
  return /^#\/components\/schemas\/(\w+)$/.exec(ref)?.[1];
}
