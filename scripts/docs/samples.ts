import * as names from "../../src/index.js";
import { type Description, itemsKeyOf, type Operation, type Parameter } from "./description.js";

/** An entry of `x-codeSamples`. */
export interface Sample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The order in which a page offers the samples; Redoc shows no label that is not here. */
export const languages: readonly Omit<Sample, "source">[] = [
  { lang: "bash", label: "curl" },
  { lang: "typescript", label: "Typed client" },
  { lang: "typescript", label: "Typed GET" },
];

const library = "managed-mysql-client";
const createClient = 'const client = createClient({ token: process.env["YC_TOKEN"] ?? "" });';

/**
 * The code samples of an operation, with the example values of its parameters.
 *
 * @throws {Error} when it is no GET, or a required parameter has no example
 */
export function samplesOf(operation: Operation, { servers: [server] }: Description): Sample[] {
  if (operation.method !== "get") throw new Error(`${operation.operationId} is no GET: there is no code sample for it`);
  const sources = [curl(operation, server.url), listing(operation), get(operation)];
  return languages.flatMap((language, index) => {
    const source = sources[index];
    return source === undefined ? [] : [{ ...language, source }];
  });
}

function curl(operation: Operation, server: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((one) => one.name === name);
    return encodeURIComponent(String(parameter && exampleOf(operation, parameter)));
  });
  const query = Object.entries(values(operation, "query"));
  const lines = [
    "curl --fail-with-body --get",
    `${quote(server + path)}`,
    '--header "Authorization: Bearer $YC_TOKEN"',
    ...query.map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`),
  ];
  return lines.join(" \\\n  ");
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function listing(operation: Operation): string | undefined {
  const itemsKey = itemsKeyOf(operation);
  if (itemsKey === undefined) return undefined;
  const { operationId, path, responses } = operation;
  const own = operationId in names;
  const item = itemsKey.replace(/s$/, "");
  const fields =
    responses["200"]?.content?.["application/json"]?.schema.properties?.[itemsKey]?.items?.properties ?? {};
  const params = literal({ ...values(operation, "path", "required"), ...values(operation, "query", "required") });
  const call = own
    ? `${operationId}(client, ${params})`
    : `paginate(client, ${JSON.stringify(path)}, ${JSON.stringify(itemsKey)}, ${params})`;
  return [
    `import { createClient, ${own ? operationId : "paginate"} } from ${JSON.stringify(library)};`,
    "",
    createClient,
    `const ${itemsKey} = ${call};`,
    "",
    `for await (const ${item} of ${itemsKey}) {`,
    `  console.log(${"id" in fields ? `${item}.id` : item});`,
    "}",
  ].join("\n");
}

function get(operation: Operation): string {
  const places = ["path", "query"].map((place) => [place, values(operation, place)] as const);
  const params = places.filter(([, given]) => Object.keys(given).length > 0);
  return [
    `import { createClient } from ${JSON.stringify(library)};`,
    "",
    createClient,
    "const { data, error, response } = await client.GET(",
    `  ${JSON.stringify(operation.path)},`,
    "  {",
    "    params: {",
    ...params.map(([place, given]) => `      ${place}: ${literal(given)},`),
    "    },",
    "  },",
    ");",
    "if (!response.ok) throw new Error(error?.message);",
    "console.log(data);",
  ].join("\n");
}

/** The example values of the parameters in this place: of the required ones, and of the page size. */
function values(operation: Operation, place: string, which: "required" | "some" = "some"): Record<string, unknown> {
  const chosen = operation.parameters.filter(
    ({ name, required, in: where }) => where === place && (required || (which === "some" && name === "pageSize")),
  );
  return Object.fromEntries(chosen.map((parameter) => [parameter.name, exampleOf(operation, parameter)]));
}

function exampleOf({ operationId }: Operation, { name, example }: Parameter): unknown {
  if (example === undefined) throw new Error(`The parameter ${name} of ${operationId} has no example`);
  return example;
}

/** An object as it is written in TypeScript, on one line. */
function literal(object: Readonly<Record<string, unknown>>): string {
  const key = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));
  return `{ ${Object.entries(object)
    .map(([name, value]) => `${key(name)}: ${JSON.stringify(value)}`)
    .join(", ")} }`;
}
