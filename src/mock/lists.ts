import type { Operation } from "./prism.js";

export type Page = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, unknown>>;

/** What the description says of an operation that pages. */
export interface List {
  readonly operation: Operation;
  /** The field of a page that holds the items. */
  readonly key: string;
  /** The fields of an item that are times. */
  readonly times: readonly string[];
  /** The example pages, in the order in which they stand. */
  readonly examples: readonly { readonly key: string; readonly page: Page }[];
  readonly mediaType: string;
  /** How many items a page has when the request does not say. */
  readonly pageSize: number;
  readonly owners: readonly Owner[];
}

/** A parameter that says whose items are listed: one that must be there, such as the id of a cluster. */
export interface Owner {
  readonly name: string;
  readonly in: "path" | "query";
  /** The owner that the description takes as its example. */
  readonly example: string;
  /** The field of an item that names its owner: `sourceClusterId` for `clusterId`. Undefined when there is none. */
  readonly field: string | undefined;
}

/** The operations that page: they take a `pageToken` and answer a `nextPageToken` beside a list. */
export function findLists(operations: readonly Operation[]): List[] {
  return operations.flatMap((operation) => {
    const content = operation.responses.find(({ code }) => code === "200")?.contents?.[0];
    const query = operation.request?.query ?? [];
    const page = fieldsOf(content?.schema);
    const [key, items] = Object.entries(page).find(([, field]) => [field["type"]].flat().includes("array")) ?? [];
    if (!content || !items || key === undefined || !page["nextPageToken"]) return [];
    if (!query.some(({ name }) => name === "pageToken")) return [];

    const fields = fieldsOf(items["items"]);
    const given = query.find(({ name }) => name === "pageSize")?.schema?.default;
    return {
      operation,
      key,
      times: Object.keys(fields).filter((name) => fields[name]?.["format"] === "date-time"),
      examples: (content.examples ?? []).flatMap((example) => {
        return "value" in example && isObject(example.value) ? { key: example.key, page: example.value } : [];
      }),
      mediaType: content.mediaType,
      pageSize: typeof given === "number" ? given : 100,
      owners: ownersOf(operation, Object.keys(fields)),
    };
  });
}

function ownersOf({ request }: Operation, fields: readonly string[]): Owner[] {
  const ofPath = (request?.path ?? []).map((parameter) => ({ ...parameter, in: "path" as const }));
  const ofQuery = (request?.query ?? []).map((parameter) => ({ ...parameter, in: "query" as const }));
  return [...ofPath, ...ofQuery.filter(({ required }) => required)].map(({ name, in: place, examples }) => {
    const [example] = examples ?? [];
    return {
      name,
      in: place,
      example: example && "value" in example ? String(example.value) : name,
      field: fields.find((field) => field === name) ?? fields.find((field) => endsIn(field, name)),
    };
  });
}

function endsIn(field: string, name: string): boolean {
  return field.toLowerCase().endsWith(name.toLowerCase());
}

/** The items on the example pages. */
export function exampleItems({ key, examples }: List): Item[] {
  return examples.flatMap(({ page }) => (Array.isArray(page[key]) ? page[key] : []));
}

/** Who owns an item, in the order of the parameters. One that does not say belongs to the description's example. */
export function ownersOfItem({ owners }: List, item: Item): unknown[] {
  return owners.map(({ field, example }) => (field && item[field]) || example);
}

/** The path and the required query of an operation, with example values. */
export function examplePath({ operation, owners }: List): string {
  const filled = owners.reduce((path, { name, example }) => {
    return path.replace(`{${name}}`, encodeURIComponent(example));
  }, operation.path);
  const query = owners.filter((owner) => owner.in === "query").map(({ name, example }) => [name, example]);
  return query.length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** The fields of an object's schema. */
function fieldsOf(schema: unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  if (!isObject(schema) || !isObject(schema["properties"])) return {};
  const fields = Object.entries(schema["properties"]);
  return Object.fromEntries(fields.flatMap(([name, field]) => (isObject(field) ? [[name, field]] : [])));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
