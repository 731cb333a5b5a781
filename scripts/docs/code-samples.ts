import { createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import * as names from "../../src/index.js";
import { packageName } from "../../src/package-name.js";
import { listsOf } from "../description/lists.js";
import { form } from "../description/media-types.js";
import { exampleOf, type Operation, successesOf } from "../description/operations.js";
import { propertiesOf } from "../description/schema.js";
import { querySerializerOf } from "../generate/call-options.js";
import { objectLiteral } from "../generate/object-literal.js";

/** An entry of `x-codeSamples`. */
export interface Sample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The order in which a page offers the samples; Redoc shows only labels that are here. */
export const languages: readonly Omit<Sample, "source">[] = [
  { lang: "bash", label: "curl" },
  { lang: "typescript", label: "Typed client" },
  { lang: "typescript", label: "Typed call" },
];

const createClient = 'const client = createClient({ token: process.env["YC_TOKEN"] ?? "" });';
const locations = ["path", "query", "header"];

/**
 * The code samples of an operation, with the example values of its parameters and its body.
 *
 * @throws {Error} when a required parameter has no example
 */
export function samplesOf(operation: Operation, server: string): Sample[] {
  const sources = [curl(operation, server), listing(operation), call(operation)];
  return languages.flatMap((language, index) => {
    const source = sources[index];
    return source === undefined ? [] : [{ ...language, source }];
  });
}

function curl(operation: Operation, server: string): string {
  const { path } = operation;
  const serialize = createQuerySerializer(querySerializerOf(operation));
  const search = serialize(values(operation, "query"));
  const url = defaultPathSerializer(server + path, values(operation, "path")) + (search && `?${search}`);
  const [mediaType, body] = bodyOf(operation);
  const method = operation.method.toUpperCase();
  const isUsual = method === (mediaType ? "POST" : "GET");
  return [
    `curl --fail-with-body${isUsual ? "" : ` --request ${method}`}`,
    quote(url),
    '--header "Authorization: Bearer $YC_TOKEN"',
    ...Object.entries(values(operation, "header")).map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    ...(mediaType ? [`--header ${quote(`Content-Type: ${mediaType}`)}`] : []),
    ...(mediaType
      ? [`--data ${quote(mediaType === form ? String(new URLSearchParams(Object(body))) : JSON.stringify(body))}`]
      : []),
  ].join(" \\\n  ");
}

/** The media type of the body, and an example of it. */
function bodyOf({ node }: Operation): [mediaType?: string, body?: unknown] {
  const content = node.at("requestBody", "content");
  const [mediaType] = content.keys;
  return mediaType ? [mediaType, exampleOf(content.at(mediaType))] : [];
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function listing(operation: Operation): string | undefined {
  const [list] = listsOf(operation) ?? [];
  if (!list) return undefined;
  const { id, path } = operation;
  const [itemsKey, schema] = list;
  const own = id in names;
  const item = itemsKey.replace(/s$/, "");
  const params = literal(Object.assign({}, ...locations.map((location) => values(operation, location, "required"))));
  const call = own
    ? `${id}(client, ${params})`
    : `paginate(client, ${JSON.stringify(path)}, ${JSON.stringify(itemsKey)}, ${params})`;
  return [
    `import { createClient, ${own ? id : "paginate"} } from ${JSON.stringify(packageName)};`,
    "",
    createClient,
    `const ${itemsKey} = ${call};`,
    "",
    `for await (const ${item} of ${itemsKey}) {`,
    `  console.log(${propertiesOf(schema).has("id") ? `${item}.id` : item});`,
    "}",
  ].join("\n");
}

function call(operation: Operation): string {
  const groups = locations.map((location) => [location, values(operation, location)] as const);
  const params = groups.filter(([, given]) => Object.keys(given).length > 0);
  const [mediaType, body] = bodyOf(operation);
  const hasData = successesOf(operation)[0]?.[1].fields["content"] !== undefined;
  const result = hasData ? "data" : "response.status";
  const options = [
    ...(params.length > 0
      ? ["    params: {", ...params.map(([location, given]) => `      ${location}: ${literal(given)},`), "    },"]
      : []),
    ...(mediaType ? [`    body: ${JSON.stringify(body)},`] : []),
  ];
  return [
    `import { createClient } from ${JSON.stringify(packageName)};`,
    "",
    createClient,
    `const { ${hasData ? "data, " : ""}error, response } = await client.${operation.method.toUpperCase()}(`,
    `  ${JSON.stringify(operation.path)},`,
    ...(options.length > 0 ? ["  {", ...options, "  },"] : []),
    ");",
    'if (!response.ok) throw new Error("The request failed", { cause: error });',
    `console.log(${result});`,
  ].join("\n");
}

/** The example values of the parameters in this place: of the required ones, and of the page size. */
function values(operation: Operation, place: string, which: "required" | "some" = "some"): Record<string, unknown> {
  const entries = operation.parameters.flatMap((parameter) => {
    const [name, location] = [parameter.text("name"), parameter.text("in")];
    const isRequired = parameter.fields["required"] === true;
    const example = exampleOf(parameter);
    if (isRequired && example === undefined)
      throw new Error(`The parameter ${name} of ${operation.id} must have an example`);
    const isChosen = isRequired || (which === "some" && name === "pageSize" && example !== undefined);
    return location === place && isChosen ? [[name, example]] : [];
  });
  return Object.fromEntries(entries);
}

function literal(object: Readonly<Record<string, unknown>>): string {
  return objectLiteral(Object.entries(object).map(([name, value]) => [name, JSON.stringify(value)]));
}
