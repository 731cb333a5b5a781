// Fetches one page of a listing.

import { abortable, throwIfAborted } from "./abort.js";
import { detailsOf } from "./call-details.js";
import { type PageCall, pageOption } from "./client.js";
import { isNetworkFailure } from "./error-cause.js";
import { ApiError, ConnectionError, InvalidResponseError } from "./errors.js";
import { jsonOf } from "./redact.js";
import { isError } from "./unknown-value.js";
import { validatePage } from "./validate-page.js";
import type { NamedOperation, ParameterValues } from "./validate-parameters.js";

/** `GET`, with the types that all paging operations share. */
export type Get = (
  path: string,
  options: {
    params: ParameterValues;
    signal?: AbortSignal;
    parseAs: "text";
    [pageOption]: PageCall;
  },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The values that all pages of a listing share. */
export interface PageSource {
  readonly get: Get;
  /** Whether `get` is that of a client of this package, which binds the signals itself. */
  readonly isReliable: boolean;
  readonly operation: NamedOperation;
  readonly path: string;
  readonly itemsKey: string;
  /** The options of every request. */
  readonly options: object;
  /** Any of them ends the listing. */
  readonly signals: readonly AbortSignal[];
  /** Ends the iteration without an error. */
  readonly stop: AbortSignal | undefined;
}

/** The fields of a page that all operations have. */
export interface AnyPage {
  readonly nextPageToken?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The items of a page; empty when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  return (page[itemsKey] as readonly unknown[] | null | undefined) ?? [];
}

/** @throws {ManagedMysqlError} unless the response is a page */
export async function fetchPage(
  source: PageSource,
  params: ParameterValues,
  pageToken: string | undefined,
): Promise<AnyPage> {
  const { get, isReliable, operation, path, itemsKey, options, signals, stop } = source;
  const details = detailsOf("GET", path);
  details.pageToken = pageToken;
  const page: PageCall = { operation, details, signals, stop };
  // As text, because the error of openapi-fetch's parser has neither the page token nor the response.
  const init = { ...options, params, parseAs: "text", [pageOption]: page } as const;
  const { data, error, response } = await (isReliable
    ? get(path, init)
    : abortable(stop ? [...signals, stop] : signals, undefined, (signal) => get(path, { ...init, signal }))
  ).catch((reason: unknown) => {
    throwIfAborted(signals);
    const isOfFetch = !details.isClassified && !stop?.aborted && isError(reason) && reason.name === "TypeError";
    throw isOfFetch && isNetworkFailure(reason) ? new ConnectionError(details, reason) : reason;
  });
  if (!response.ok) throw new ApiError(details, response, error);
  const { status } = response;
  if (data === undefined || data === "") throw new InvalidResponseError(details, "the body is empty", response, "");
  if (status !== 200)
    throw new InvalidResponseError(details, "a page has the status 200", response, String(data ?? ""));
  let body = data;
  try {
    if (typeof data === "string") body = JSON.parse(data); // a fake client can give a page
  } catch {
    throw new InvalidResponseError(details, "the body is not JSON", response, String(data));
  }
  const problem = validatePage(body, operation, itemsKey, details.redact);
  if (problem === undefined) return body as AnyPage;
  throw new InvalidResponseError(details, problem, response, jsonOf(body));
}
