import type { FetchOptions } from "openapi-fetch";
import { throwIfAborted } from "./abort.js";
import type { Description } from "./description.js";
import { InvalidArgumentError, PaginationError } from "./errors.js";
import { type AnyPage, fetchPage, itemsOf, type PageSource } from "./fetch-page.js";
import { validateKinds } from "./validate-options.js";
import {
  findOperation,
  groupByLocation,
  type ParameterValues,
  validateListing,
  validateParameters,
} from "./validate-parameters.js";
import { validate, violatedRule } from "./validate-value.js";

/** The options of every listing. */
export interface PagingOptions {
  /**
   * The most items in all, from 0. No request asks for more than this; all use the same page size. When the last page is
   * cut, it has no `nextPageToken`, because that would skip the items that were cut off.
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
   * The most empty pages in a row, from 0. When another one follows, a {@link PaginationError} with the token to resume
   * at is thrown.
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
 * The options of every request of a listing, as those of a call: `headers`, `fetch`, `middleware`, `cache`, `signal`,
 * and those that a framework adds to `fetch`, for example `next`.
 */
export interface ListingOptions
  extends Omit<FetchOptions<unknown>, "params" | "body" | "bodySerializer" | "parseAs" | "method"> {}

/** The parameters of a listing: those of its operation, and how to page. */
export type ListingParams = PagingOptions & Readonly<Record<string, unknown>>;

/** The source of a listing. Its operation is looked up when an iteration begins. */
export type ListingSource = Omit<PageSource, "operation"> & { readonly api: Description };

/**
 * Validates the parameters of a listing, once for all of its pages. Returns them by location, as the first page has them.
 *
 * @throws {InvalidArgumentError}
 */
function validateOnce({ operation, itemsKey }: PageSource, params: ListingParams) {
  const { limit = Infinity, maxPages = Infinity, maxEmptyPages = 100, prefetch, signal: _, ...values } = params;
  const smallest = { limit: 0, maxPages: 1, maxEmptyPages: 0 };
  for (const [name, minimum] of Object.entries(smallest)) {
    if (params[name] !== undefined) validate(name, params[name], { type: "integer", minimum, maximum: Infinity });
  }
  validateListing(operation, itemsKey);
  const { query = {}, ...others } = validateParameters(operation, groupByLocation(operation, values));
  const sizes = operation.query?.["pageSize"] ?? {};
  const isSmaller = limit < Number(query["pageSize"] || sizes.default) && !violatedRule(limit, sizes);
  // All pages have the same size, because some servers refuse a token with another one.
  const groups: ParameterValues = { ...others, query: isSmaller ? { ...query, pageSize: limit } : query };
  return { limit, maxPages, maxEmptyPages, prefetch, groups };
}

/** Iterates the pages of a listing. */
export async function* iteratePages(
  { api, ...listing }: ListingSource,
  params: ListingParams,
): AsyncGenerator<AnyPage, void, void> {
  const { path, itemsKey, options, signals, stop } = listing;
  validateKinds({ signal: params.signal });
  validateKinds(options, true);
  let pageToken = (params["pageToken"] as string | null | undefined) || undefined;
  let isRefused = true;
  try {
    const operation = findOperation(api, "GET", path);
    const source = { ...listing, operation };
    const { limit, maxPages, maxEmptyPages, prefetch, groups } = validateOnce(source, params);
    isRefused = false;
    const fetchNext = (token = "") => {
      const query = token ? { ...groups["query"], pageToken: token } : groups["query"];
      return fetchPage(source, { ...groups, query }, token || undefined);
    };
    const seen = new Set([pageToken]);
    let left = limit;
    let empty = 0;
    let next: Promise<AnyPage> | undefined;
    for (let count = 1; left > 0; count++) {
      let page: AnyPage | undefined = await (next ?? fetchNext(pageToken));
      next = undefined;
      throwIfAborted(signals); // a page that was prefetched can have come before the abort
      const following = page.nextPageToken || undefined;
      const { length } = itemsOf(page, itemsKey);
      if (length > left)
        page = { ...page, [itemsKey]: itemsOf(page, itemsKey).slice(0, left), nextPageToken: undefined };
      left -= Math.min(left, length);
      empty = length > 0 ? 0 : empty + 1;

      const more = following !== undefined && left > 0;
      if (more && seen.has(following)) {
        const problem = `returned the nextPageToken ${JSON.stringify(following)} again, so the listing would never end`;
        throw new PaginationError("REPEATED_PAGE_TOKEN", `${operation.name} ${problem}`, pageToken);
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
        const problem = `has more than ${maxPages} pages (maxPages)`;
        throw new PaginationError("TOO_MANY_PAGES", `${operation.name} ${problem}`, pageToken);
      }
      if (empty > maxEmptyPages) {
        const problem = `has more than ${maxEmptyPages} empty pages in a row (maxEmptyPages)`;
        throw new PaginationError("TOO_MANY_EMPTY_PAGES", `${operation.name} ${problem}`, pageToken);
      }
    }
  } catch (error) {
    throwIfAborted(signals);
    if (stop?.aborted && error === stop.reason) return; // an error that is passed to throw() is another one
    // An error of a page has its token already, and one of the caller's own is left as it is.
    if (isRefused && error instanceof InvalidArgumentError && error.argument !== "pageToken")
      error.pageToken = pageToken;
    throw error;
  }
}
