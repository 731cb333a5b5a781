import { calls } from "./call.js";
import type { ListingClient } from "./client.js";
import {
  ApiError,
  InvalidArgumentError,
  InvalidResponseError,
  isObject,
  ManagedMysqlError,
  PaginationError,
} from "./errors.js";
import { check, checkParameters, fillPath, isAbsent, type ParameterValues, ruleOf } from "./parameters.js";
import { redactJson, redactor } from "./redact.js";
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
  readonly client: ListingClient;
  readonly path: string;
  readonly itemsKey: string;
  readonly params: PagingOptions & Readonly<Record<string, unknown>>;
}

/** As much of a page as all operations have. */
export interface AnyPage {
  readonly nextPageToken?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The one method that a walk needs, with the types that all paging operations share. */
export type Get = (
  path: string,
  init: { params: ParameterValues; signal: AbortSignal | undefined },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The items on a page; none when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  return (page[itemsKey] as readonly unknown[] | null | undefined) ?? [];
}

/** Yields the pages of a listing. */
export async function* walk({ client, path, itemsKey, params }: Walk): AsyncGenerator<AnyPage, void, void> {
  const { limit = Infinity, maxPages = Infinity, prefetch, signal, ...values } = params;
  const facts = parametersOf("GET", path);
  // A signal of their own for the requests, so that a page in flight ends with the walk; but none where nothing can end
  // it, because that costs a short listing more time than the rest of this.
  const stop = signal || prefetch ? new AbortController() : undefined;
  const abort = (): void => stop?.abort(signal?.reason);

  const fetchPage = async (pageToken: string | undefined): Promise<AnyPage> => {
    const size = left < Number(values["pageSize"] || facts["pageSize"]?.default) ? left : values["pageSize"];
    const params = placed(path, { ...values, pageToken, pageSize: size });
    const { data, error, response } = await (client.GET as Get).call(client, path, { params, signal: stop?.signal });
    const call = calls.get(response) ?? { method: "GET", path: fillPath(path, params["path"]) };
    if (!response.ok) throw new ApiError(call, response, error);
    const { says, fits } = ruleOf(facts["pageToken"] ?? {});
    const isToken = (value: unknown): boolean => isAbsent(value) || fits(value);
    if (isObject(data) && Array.isArray(data[itemsKey] ?? []) && isToken(data["nextPageToken"])) return data;
    const problem = `with no page: ${itemsKey} must be a list, and nextPageToken ${says}`;
    const safe = redactJson(data, call.redact ?? redactor());
    throw new InvalidResponseError(call, problem, response, JSON.stringify(safe));
  };

  let left = limit;
  let token = (values["pageToken"] as string | null | undefined) || undefined;
  const seen = new Set([token]);
  let next: Promise<AnyPage> | undefined;
  try {
    check("limit", limit, { type: "integer", minimum: 0 });
    check("maxPages", maxPages, { type: "integer", minimum: 1 });
    checkParameters("GET", path, placed(path, values));
    signal?.throwIfAborted();
    signal?.addEventListener("abort", abort);
    for (let count = 1; left > 0; count++) {
      let page: AnyPage | undefined = await (next ?? fetchPage(token));
      next = undefined;
      signal?.throwIfAborted(); // a page that was fetched ahead can have come before the abort
      const following = page.nextPageToken || undefined;
      const items = itemsOf(page, itemsKey);
      if (items.length > left) page = { ...page, [itemsKey]: items.slice(0, left), nextPageToken: undefined };
      left -= Math.min(left, items.length);

      const more = following !== undefined && left > 0;
      if (more && seen.has(following)) {
        const problem = `answered the nextPageToken ${JSON.stringify(following)} again, so the listing would never end`;
        throw new PaginationError("REPEATED_PAGE_TOKEN", `GET ${path} ${problem}`);
      }
      seen.add(following);
      if (more && prefetch && count < maxPages) {
        next = fetchPage(following);
        next.catch(() => {}); // it is thrown when the page is due
      }
      yield page;
      page = undefined; // or it would be held, and copied by the garbage collector, while the next one arrives
      if (!more) return;
      token = following;
      if (count >= maxPages) {
        throw new PaginationError("TOO_MANY_PAGES", `GET ${path} has more than ${maxPages} pages (maxPages)`);
      }
    }
  } catch (error) {
    signal?.throwIfAborted(); // its reason is the caller's, and nothing is noted on it
    // A run that resumes may keep what is on the error as its bookmark; but not a token that can never be sent.
    const isRefused = error instanceof InvalidArgumentError && error.argument === "pageToken";
    if (error instanceof ManagedMysqlError && !isRefused) error.pageToken = token;
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
    if (next) stop?.abort();
  }
}

/**
 * The values by the places that they go to.
 *
 * @throws {InvalidArgumentError} for a name that the operation does not have
 */
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
