// Finds the operations that page, of those that Prism has read at run time. scripts/description/lists.ts decides the
// same of the files, and PagingPath in src/paginate.ts for the compiler.
import { isObject } from "../unknown-value.js";
import type { HttpRequest, Operation } from "./prism.js";

export type Page = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, unknown>>;

/** An operation that lists items in pages. */
export interface ListOperation {
  readonly operation: Operation;
  /** The field of a page that holds the items. */
  readonly key: string;
  /** The fields of an item. */
  readonly fields: readonly string[];
  /** Those that are times. */
  readonly times: readonly string[];
  /** The example pages, in the order of the description. */
  readonly examples: readonly { readonly key: string; readonly page: Page }[];
  readonly mediaType: string;
  /** How many items a page has when the request does not say. */
  readonly pageSize: number;
  readonly owners: readonly Owner[];
}

/** A required parameter, such as the id of a cluster: it says whose items are listed. */
export interface Owner {
  readonly name: string;
  readonly in: "path" | "query";
  /** The example of the parameter. */
  readonly example: string;
  /** The field of an item that names its owner: `sourceClusterId` for `clusterId`. Undefined when there is none. */
  readonly field: string | undefined;
}

type Parameter = Pick<NonNullable<NonNullable<Operation["request"]>["path"]>[number], "name" | "examples">;

/** Finds the list operations: they have a parameter `pageToken`, and a response with a list and a `nextPageToken`. */
export function findLists(operations: readonly Operation[]): ListOperation[] {
  return operations.flatMap((operation) => {
    const content = responseOf(operation, 200)?.contents?.[0];
    const query = operation.request?.query ?? [];
    const page = fieldsOf(content?.schema);
    const [key, list] = Object.entries(page).find(([, field]) => arrayIn(field)) ?? [];
    const pages = operation.method === "get" && page["nextPageToken"] && query.some(({ name }) => name === "pageToken");
    if (!content || !list || key === undefined || !pages) return [];

    const fields = fieldsOf(arrayIn(list)?.["items"]);
    const pageSize = query.find(({ name }) => name === "pageSize")?.schema?.default;
    return {
      operation,
      key,
      fields: Object.keys(fields),
      times: Object.keys(fields).filter((name) => fields[name]?.["format"] === "date-time"),
      examples: (content.examples ?? []).flatMap((example) => {
        return "value" in example && isObject(example.value) ? { key: example.key, page: example.value } : [];
      }),
      mediaType: content.mediaType,
      pageSize: typeof pageSize === "number" ? pageSize : 100,
      owners: ownersOf(operation, Object.keys(fields)),
    };
  });
}

function ownersOf({ request }: Operation, fields: readonly string[]): Owner[] {
  const ofPath = (request?.path ?? []).map((parameter) => ({ ...parameter, in: "path" as const }));
  const ofQuery = (request?.query ?? []).map((parameter) => ({ ...parameter, in: "query" as const }));
  return [...ofPath, ...ofQuery.filter(({ required }) => required)].map((parameter) => ({
    name: parameter.name,
    in: parameter.in,
    example: exampleValue(parameter),
    field: fields.find((field) => field === parameter.name) ?? fields.find((field) => endsIn(field, parameter.name)),
  }));
}

/** The first example of a parameter, or its name. */
export function exampleValue({ name, examples: [example] = [] }: Parameter): string {
  return example && "value" in example ? String(example.value) : name;
}

function endsIn(field: string, name: string): boolean {
  return field.toLowerCase().endsWith(name.toLowerCase());
}

/** The items on the example pages. */
export function exampleItems({ key, examples }: ListOperation): Item[] {
  return examples.flatMap(({ page }) => (Array.isArray(page[key]) ? page[key] : []));
}

/** Who owns an item, in the order of the parameters. One that does not say belongs to the example of the parameter. */
export function ownersOfItem(owners: readonly Owner[], item: Item): unknown[] {
  return owners.map(({ field, example }) => (field && item[field]) || example);
}

/** The path of a list operation and its required query, with example values. */
export function examplePath({ operation, owners }: ListOperation): string {
  const filled = owners.reduce((path, { name, example }) => {
    return path.replace(`{${name}}`, () => encodeURIComponent(example));
  }, operation.path);
  const query = owners.filter((owner) => owner.in === "query").map(({ name, example }) => [name, example]);
  return query.length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** The values of the path parameters of a request. */
export function pathValues({ path }: Operation, { url }: HttpRequest): Readonly<Record<string, string>> {
  const names = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => name);
  const texts = path.split(/\{.+?\}/).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
  const [, ...values] = new RegExp(`^${texts.join("([^/]*?)")}$`).exec(url.path) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]));
}

/** The field of an item that a parameter is about: its own, or that in which its name ends, as `name` for `topicName`. */
export function fieldOf(parameter: string, fields: readonly string[]): string | undefined {
  const ends = fields.filter((field) => endsIn(parameter, field));
  return [...ends].sort((a, b) => b.length - a.length)[0];
}

/** The response that is described for a status, by itself, in a range such as `4XX`, or as the default. */
export function responseOf({ responses }: Operation, status: number): Operation["responses"][number] | undefined {
  const codes = [`${status}`, `${status}`.replace(/..$/, "XX"), "default"];
  return codes.flatMap((code) => responses.find((response) => response.code === code) ?? [])[0];
}

/** The schema of an array that a schema is, or has as a part. */
function arrayIn(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(schema)) return undefined;
  if ([schema["type"]].flat().includes("array")) return schema;
  const parts = [schema["allOf"], schema["anyOf"], schema["oneOf"]].flat();
  return parts.map(arrayIn).find((part) => part !== undefined);
}

/** The fields of an object's schema, those of its `allOf` included. */
function fieldsOf(schema: unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  if (!isObject(schema)) return {};
  const inherited = Array.isArray(schema["allOf"]) ? schema["allOf"].map(fieldsOf) : [];
  const own = Object.entries(isObject(schema["properties"]) ? schema["properties"] : {});
  return Object.assign({}, ...inherited, Object.fromEntries(own.filter(([, field]) => isObject(field))));
}
