import type { ManagedMysqlClient } from "./client.js";
import { InvalidArgumentError, PaginationError } from "./errors.js";
import { type AnyPage, at, type Get, itemsOf, pageSize, placed, requestPage, tokenOf } from "./page.js";
import { checkCount, checkParameters } from "./parameters.js";

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

/** Yields the pages of a listing. */
export async function* walk({ client, path, itemsKey, params }: Walk): AsyncGenerator<AnyPage, void, void> {
  const { limit = Infinity, maxPages = Infinity, prefetch = false, signal, ...values } = params;
  let token = tokenOf({ nextPageToken: values["pageToken"] });
  try {
    checkCount("limit", limit, 0);
    checkCount("maxPages", maxPages, 1);
    checkParameters("GET", path, placed(path, values));
  } catch (error) {
    // A run that resumes may keep what is on the error as its bookmark; but not a token that can never be sent.
    const resumable = error instanceof InvalidArgumentError && error.argument !== "pageToken";
    throw resumable ? at(token, error) : error;
  }
  signal?.throwIfAborted();

  // The requests have a signal of their own, so that a page in flight ends with the walk; but none where nothing can end
  // it, because a signal costs a request more time than everything else here.
  const stop = new AbortController();
  const stopSignal = signal || prefetch ? stop.signal : undefined;
  const abort = (): void => stop.abort(signal?.reason);
  const fetchPage = (token: string | undefined): Promise<AnyPage> => {
    const sized = { ...values, pageSize: pageSize(path, values["pageSize"], left), pageToken: token };
    return requestPage((url, init) => (client.GET as Get).call(client, url, init), path, itemsKey, sized, stopSignal);
  };

  let left = limit;
  const seen = new Set([token]);
  let next: Promise<AnyPage> | undefined;
  try {
    signal?.addEventListener("abort", abort);
    for (let count = 1; left > 0; count++) {
      let page: AnyPage | undefined = await (next ?? fetchPage(token));
      next = undefined;
      signal?.throwIfAborted(); // a page that was fetched ahead can have come before the abort
      const following = tokenOf(page);
      const { length } = itemsOf(page, itemsKey);
      if (length > left) {
        page = { ...page, [itemsKey]: itemsOf(page, itemsKey).slice(0, left), nextPageToken: undefined };
      }
      left -= Math.min(left, length);

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
      page = undefined; // or it would be held, and copied by the garbage collector, while the next one arrives
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
