import { clientOf, type ListingClient } from "./client.js";
import { type DeprecatedPath, description, type paths, type Responses } from "./description.js";
import { type Get, itemsOf } from "./fetch-page.js";
import { createListing, type Listing } from "./iterate-items.js";
import { iteratePages, type ListingOptions, type PagingOptions } from "./iterate-pages.js";

type Operation<Path extends keyof paths> = paths[Path] extends { get: infer Get } ? Get : never;
type ValuesIn<Path extends keyof paths, Location extends string> =
  Operation<Path> extends { parameters: { [Key in Location]?: infer Values } } ? Given<NonNullable<Values>> : unknown;
/** A location without parameters has the type `never`, and an intersection with it would be `never`, too. */
type Given<Values> = [Values] extends [never] ? unknown : Values;

/** The type of a page of the listing at this path. */
export type Page<Path extends keyof paths> = Path extends keyof Responses
  ? Responses[Path]
  : Operation<Path> extends { responses: { 200: { content: { "application/json": infer Body } } } }
    ? Body
    : never;

/** The paths whose GET pages: it takes `pageToken` and responds with `nextPageToken`. */
export type PagingPath = {
  [Path in keyof paths]: "pageToken" extends keyof ValuesIn<Path, "query">
    ? "nextPageToken" extends keyof Page<Path>
      ? Path
      : never
    : never;
}[keyof paths];

/** The path, or the compiler's message for a path that does not page. */
type PathThatPages<Path> = Path extends PagingPath
  ? Path
  : { error: "This path does not page: its GET must take pageToken and respond with nextPageToken" };

/** The fields of a page that are lists. */
export type ItemsKey<Path extends keyof paths> = {
  [Key in keyof Page<Path>]-?: NonNullable<Page<Path>[Key]> extends readonly unknown[] ? Key : never;
}[keyof Page<Path>];

/** The type of an item of this list. */
export type Item<Path extends keyof paths, Key extends ItemsKey<Path>> =
  NonNullable<Page<Path>[Key]> extends readonly (infer Element)[] ? Element : never;

type OrUndefined<Values> = {
  [Key in keyof Values]: undefined extends Values[Key] ? Values[Key] | undefined : Values[Key];
};

/** The parameters of the operation at this path, and how to page through it. */
export type PaginateParams<Path extends keyof paths> = ValuesIn<Path, "path"> &
  OrUndefined<ValuesIn<Path, "query">> &
  OrUndefined<ValuesIn<Path, "header">> &
  PagingOptions;

/**
 * Lists the items of any operation of the description that pages.
 *
 * @example
 * for await (const backup of paginate(client, "/managed-mysql/v1/clusters/{clusterId}/backups", "backups", { clusterId })) {
 *   console.log(backup.id);
 * }
 *
 * @param options of every request, as of a call: `headers`, `fetch`, `cache`, …
 * @throws during an iteration, and not before: {@link InvalidArgumentError} for an invalid parameter or option, before
 *   anything is sent; {@link ApiError} for an error status; {@link ConnectionError} when no response is received;
 *   {@link TokenError} when the token function throws; {@link InvalidResponseError} for a 2xx response that is not a
 *   page; {@link PaginationError} when the server returns the same page token again, or more pages than `maxPages` or
 *   `maxEmptyPages`; and the signal's own reason. The errors carry the `pageToken` to resume at.
 */
export function paginate<Path extends keyof paths, Key extends ItemsKey<Path>>(
  client: ListingClient,
  path: PathThatPages<Path>,
  itemsKey: Key,
  givenParams: PaginateParams<Path>,
  givenOptions?: ListingOptions,
): Listing<Item<Path, Key>, Page<Path>> {
  const params = { ...givenParams };
  const options = { ...givenOptions };
  const { isOurs, signal: clientSignal } = clientOf(client);
  const { signal = clientSignal } = options;
  const signals = [params.signal, signal].filter((signal) => signal != null);
  const key = String(itemsKey);
  const source = {
    api: description,
    get: client.GET.bind(client) as Get,
    isReliable: isOurs,
    path: String(path),
    itemsKey: key,
    signals,
  };
  const listing = createListing(
    (stop) => iteratePages({ ...source, options, stop }, params),
    (page) => itemsOf(page, key),
    signals,
  );
  return listing as Listing<Item<Path, Key>, Page<Path>>;
}

type List<Path extends keyof paths, Key extends ItemsKey<Path>> = (
  client: ListingClient,
  params: PaginateParams<Path>,
  options?: ListingOptions,
) => Listing<Item<Path, Key>, Page<Path>>;

/** An editor marks a call of it as deprecated. */
interface DeprecatedList<Path extends keyof paths, Key extends ItemsKey<Path>> {
  /** @deprecated The description says so. */
  // biome-ignore lint/style/useShorthandFunctionType: the tag belongs to a call signature
  (...args: Parameters<List<Path, Key>>): ReturnType<List<Path, Key>>;
}

/** Lists one operation of the description that pages, as {@link paginate} does. */
export type Lister<Path extends keyof paths, Key extends ItemsKey<Path>> = Path extends DeprecatedPath
  ? DeprecatedList<Path, Key>
  : List<Path, Key>;

/** Creates the function that lists one operation of the description. */
export function lister<Path extends keyof paths, Key extends ItemsKey<Path>>(
  path: PathThatPages<Path>,
  itemsKey: Key,
): Lister<Path, Key> {
  // To infer the type arguments would take the compiler half a minute with 500 operations.
  const list: List<Path, Key> = (client, params, options) =>
    paginate<Path, Key>(client, path, itemsKey, params, options);
  return list as Lister<Path, Key>;
}
