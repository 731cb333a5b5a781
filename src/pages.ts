import type { ManagedMysqlClient } from "./client.js";
import {
  ApiError,
  type Call,
  InvalidArgumentError,
  InvalidResponseError,
  isObject,
  ManagedMysqlError,
  PaginationError,
} from "./errors.js";
import { callOf, checkCount, checkParameters, isAbsent, type ParameterValues } from "./parameters.js";
import { parametersOf } from "./schema.js";

/** How far and how a listing goes, whatever it lists. */
export interface PagingOptions {
  /**
   * The most items in all, from 0. The last page is asked for with just what is left. Should a server give more than it
   * was asked for, its page is cut, and has no `nextPageToken` then: going on from it would skip what was cut off.
   *
   * @default no limit
   */
  limit?: number | undefined;
  /**
   * The most pages to fetch, from 1. When there is more to come, a {@link PaginationError} with the token to go on from
   * follows the last of them.
   *
   * @default no cap
   */
  maxPages?: number | undefined;
  /**
   * Whether to fetch the next page while the current one is used.
   *
   * @default false
   */
  prefetch?: boolean | undefined;
  /** Ends the listing with its own reason, during a request as well as between two items. */
  signal?: AbortSignal | undefined;
}

/** Which listing to walk: an operation of the description that pages, and the parameters of the first request. */
export interface Walk {
  readonly client: Pick<ManagedMysqlClient, "GET">;
  readonly path: string;
  readonly itemsKey: string;
  readonly params: PagingOptions & Readonly<Record<string, unknown>>;
}

/** As much of a page as all operations have. */
export type AnyPage = Readonly<Record<string, unknown>>;

/** The one method that a walk needs, with the types that all paging operations share. */
type Get = (
  path: string,
  init: { params: ParameterValues; signal: AbortSignal | undefined },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** Yields the pages of a listing. */
export async function* walk({ client, path, itemsKey, params }: Walk): AsyncGenerator<AnyPage, void, void> {
  const { limit = Infinity, maxPages = Infinity, prefetch = false, signal, ...values } = params;
  checkCount("limit", limit, 0);
  checkCount("maxPages", maxPages, 1);
  checkParameters("GET", path, placed(path, values));
  signal?.throwIfAborted();

  // The requests have a signal of their own, so that a page in flight ends with the walk; but a signal costs a request
  // more time than everything else here, so they have it only where something can end them.
  const stop = new AbortController();
  const stopSignal = signal || prefetch ? stop.signal : undefined;
  const abort = (): void => stop.abort(signal?.reason);
  const fetchPage = (token: string | undefined): Promise<AnyPage> => {
    const sized = { ...values, pageSize: pageSize(path, values["pageSize"], left), pageToken: token };
    return requestPage(client.GET as Get, path, itemsKey, sized, stopSignal);
  };

  let left = limit;
  let token = isAbsent(values["pageToken"]) ? undefined : String(values["pageToken"]);
  const seen = new Set([token]);
  let next: Promise<AnyPage> | undefined;
  try {
    signal?.addEventListener("abort", abort);
    for (let count = 1; left > 0; count++) {
      let page = await (next ?? fetchPage(token));
      next = undefined;
      const items = itemsOf(page, itemsKey);
      const following = tokenOf(page);
      if (items.length > left) page = { ...page, [itemsKey]: items.slice(0, left), nextPageToken: undefined };
      left -= Math.min(left, items.length);

      const more = following !== undefined && left > 0;
      if (more && seen.has(following)) {
        const problem = `answered the nextPageToken ${JSON.stringify(following)} again, so the listing would never end`;
        throw at(token, new PaginationError("REPEATED_PAGE_TOKEN", `GET ${path} ${problem}`));
      }
      seen.add(following);
      if (more && prefetch && count < maxPages) {
        next = fetchPage(following);
        next.catch(() => {}); // it is thrown when the page is due
      }
      yield page;
      if (!more) return;
      if (count >= maxPages) {
        throw at(
          following,
          new PaginationError("TOO_MANY_PAGES", `GET ${path} has more than ${maxPages} pages (maxPages)`),
        );
      }
      token = following;
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    if (next) stop.abort();
  }
}

/** The items on a page; none when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  const items = page[itemsKey];
  return Array.isArray(items) ? items : [];
}

function tokenOf(page: AnyPage): string | undefined {
  const token = page["nextPageToken"];
  return typeof token === "string" && token !== "" ? token : undefined;
}

/** The size to ask for: the caller's, or what is left of the limit where that is less. */
function pageSize(path: string, given: unknown, left: number): unknown {
  const size = given || parametersOf("GET", path)["pageSize"]?.default;
  return typeof size === "number" && left < size ? left : given;
}

/** @throws {InvalidArgumentError} for a name that the operation does not have */
function placed(path: string, values: Readonly<Record<string, unknown>>): ParameterValues {
  const facts = parametersOf("GET", path);
  const places: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    const place = facts[name]?.in;
    if (place === undefined) throw new InvalidArgumentError(name, `is not a parameter of GET ${path}`);
    places[place] = { ...places[place], [name]: value };
  }
  return places;
}

/** Fetches one page, and makes sure that it is one. */
async function requestPage(
  get: Get,
  path: string,
  itemsKey: string,
  values: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
): Promise<AnyPage> {
  const params = placed(path, values);
  const call = (): Call => callOf("GET", path, params["path"]);
  const token = tokenOf({ nextPageToken: values["pageToken"] });
  try {
    const { data, error, response } = await get(path, { params, signal });
    if (!response.ok) throw new ApiError(call(), response, error);
    if (!isObject(data)) throw new InvalidResponseError(call(), "answered no JSON object");
    if (!Array.isArray(data[itemsKey] ?? []))
      throw new InvalidResponseError(call(), `answered ${itemsKey} that is no list`);
    if (typeof (data["nextPageToken"] ?? "") !== "string") {
      throw new InvalidResponseError(call(), "answered a nextPageToken that is no string");
    }
    return data;
  } catch (error) {
    throw error instanceof ManagedMysqlError ? at(token, error) : error;
  }
}

/** Notes on an error which page to resume at. */
function at<Failure extends ManagedMysqlError>(token: string | undefined, error: Failure): Failure {
  error.pageToken = token;
  return error;
}
