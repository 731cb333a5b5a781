import type { FetchOptions } from "openapi-fetch";
import { throwIfAborted } from "./abort.js";
import { operationOf, parametersOf } from "./description.js";
import { InvalidArgumentError, ManagedMysqlError, PaginationError } from "./errors.js";
import { type AnyPage, fetchPage, itemsOf, type PagesRequest } from "./fetch-page.js";
import { isAbsent, type ParameterValues, validateListing, validateParameters } from "./validate-parameters.js";
import { validate, violatedRule } from "./validate-value.js";

/** The options of every listing. */
export interface PagingOptions {
  /**
   * The most items in all, from 0. The page size of the first request is at most this, and stays. The last page is cut,
   * and has no `nextPageToken` then, because it would skip what was cut off.
   *
   * @default no limit
   */
  limit?: number | undefined;
  /**
   * The most pages to fetch, from 1. When more pages follow, a {@link PaginationError} with the token to resume at is
   * thrown after the last of them.
   *
   * @default no limit
   */
  maxPages?: number | undefined;
  /**
   * The most pages without an item in succession, from 0. When another one follows, a {@link PaginationError} with the
   * token to resume at is thrown.
   *
   * @default 100
   */
  maxEmptyPages?: number | undefined;
  /**
   * Whether to fetch the next page while the current one is used.
   *
   * @default false
   */
  prefetch?: boolean | undefined;
  /** Ends the listing with its own reason, during a request as well as between two items. */
  signal?: AbortSignal | undefined;
}

/**
 * The options of every request of a listing, as those of a call: `headers`, `fetch`, `middleware`, `cache`, `signal`, and
 * what a framework adds to the options of `fetch`, for example `next`.
 */
export interface ListingOptions
  extends Omit<FetchOptions<unknown>, "params" | "body" | "bodySerializer" | "parseAs" | "method"> {}

/**
 * Iterates the pages of a listing.
 *
 * @param stop ends the iteration without an error
 */
export async function* iteratePages(request: PagesRequest, stop: AbortSignal): AsyncGenerator<AnyPage, void, void> {
  const { path, itemsKey, params, signals } = request;
  const { limit = Infinity, maxPages = Infinity, maxEmptyPages = 100, prefetch, signal: _, ...values } = params;
  let left = limit;
  let empty = 0;
  let pageToken = (values["pageToken"] as string | null | undefined) || undefined;
  const seen = new Set([pageToken]);
  let next: Promise<AnyPage> | undefined;
  try {
    validate("limit", limit, { type: "integer", minimum: 0, maximum: Infinity });
    validate("maxPages", maxPages, { type: "integer", minimum: 1, maximum: Infinity });
    validate("maxEmptyPages", maxEmptyPages, { type: "integer", minimum: 0, maximum: Infinity });
    validateListing(path, itemsKey);
    validateParameters("GET", path, groupByLocation(path, values));
    const sizes = operationOf("GET", path)?.query?.["pageSize"] ?? {};
    const isSmaller = limit < Number(values["pageSize"] || sizes.default) && !violatedRule(limit, sizes);
    // All pages have the same size, because some servers refuse a token with another one.
    const pageSize = isSmaller ? limit : values["pageSize"];
    const fetchNext = (token: string | undefined) =>
      fetchPage(request, groupByLocation(path, { ...values, pageSize, pageToken: token }), stop);

    for (let count = 1; left > 0; count++) {
      throwIfAborted(signals);
      let page: AnyPage | undefined = await (next ?? fetchNext(pageToken));
      next = undefined;
      throwIfAborted(signals); // a page that was prefetched can have come before the abort
      const following = page.nextPageToken || undefined;
      const items = itemsOf(page, itemsKey);
      if (items.length > left) page = { ...page, [itemsKey]: items.slice(0, left), nextPageToken: undefined };
      left -= Math.min(left, items.length);
      empty = items.length > 0 ? 0 : empty + 1;

      const more = following !== undefined && left > 0;
      if (more && seen.has(following)) {
        const problem = `sent the nextPageToken ${JSON.stringify(following)} again, so the listing would never end`;
        throw new PaginationError("REPEATED_PAGE_TOKEN", `GET ${path} ${problem}`);
      }
      seen.add(following);
      if (more && prefetch && count < maxPages && empty <= maxEmptyPages) {
        next = fetchNext(following);
        next.catch(() => {}); // it is thrown when the page is due
      }
      yield page;
      page = undefined; // so that the garbage collector can free it while the next one is fetched
      if (!more) return;
      pageToken = following;
      if (count >= maxPages) {
        throw new PaginationError("TOO_MANY_PAGES", `GET ${path} has more than ${maxPages} pages (maxPages)`);
      }
      if (empty > maxEmptyPages) {
        const problem = `has more than ${maxEmptyPages} pages without an item in succession (maxEmptyPages)`;
        throw new PaginationError("TOO_MANY_EMPTY_PAGES", `GET ${path} ${problem}`);
      }
    }
  } catch (error) {
    throwIfAborted(signals); // the reason belongs to the caller, and gets no pageToken
    if (stop.aborted) return;
    // An error carries the token to resume at, unless that token is what was refused.
    const isRejected = error instanceof InvalidArgumentError && error.argument === "pageToken";
    if (error instanceof ManagedMysqlError && !isRejected) error.pageToken = pageToken;
    throw error;
  }
}

/**
 * Groups parameters by their location.
 *
 * @throws {InvalidArgumentError} for a name that the operation does not have
 */
function groupByLocation(path: string, values: Readonly<Record<string, unknown>>): ParameterValues {
  const parameters = Object.entries(parametersOf(operationOf("GET", path)) ?? {});
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    const [location] = parameters.find(([, group]) => Object.hasOwn(group, name)) ?? [];
    if (location === undefined) throw new InvalidArgumentError(name, `is not a parameter of GET ${path}`);
    groups[location] = { ...groups[location], [name]: value };
  }
  return groups;
}
