// Fetches one page of a listing, and validates it.
import { abortable, throwIfAborted } from "./abort.js";
import { callDetails, type ListingClient } from "./client.js";
import { operationOf } from "./description.js";
import { isNetworkFailure } from "./error-cause.js";
import { ApiError, type CallDetails, ConnectionError, detailsOf, InvalidResponseError, isObject } from "./errors.js";
import type { ListingOptions, PagingOptions } from "./iterate-pages.js";
import { isError, type Redact, redactJson } from "./redact.js";
import { isAbsent, type ParameterValues } from "./validate-parameters.js";
import { violatedRule } from "./validate-value.js";

/** An operation of the description that pages, and the parameters of the first request. */
export interface PagesRequest {
  readonly client: ListingClient;
  readonly path: string;
  readonly itemsKey: string;
  readonly params: PagingOptions & Readonly<Record<string, unknown>>;
  readonly options: ListingOptions;
  /** Any of them ends the listing. */
  readonly signals: readonly AbortSignal[];
}

/** `GET`, with the types that all paging operations share. */
export type Get = (
  path: string,
  options: ListingOptions & {
    params: ParameterValues;
    signal: AbortSignal;
    parseAs: "text";
    [callDetails]: CallDetails;
  },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The fields of a page that all operations have. */
export interface AnyPage {
  readonly nextPageToken?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The items of a page; none when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  return (page[itemsKey] as readonly unknown[] | null | undefined) ?? [];
}

/** @throws {ManagedMysqlError} unless the response is a page */
export async function fetchPage(
  { client, path, itemsKey, options, signals }: PagesRequest,
  params: ParameterValues,
  stop: AbortSignal,
): Promise<AnyPage> {
  const details = detailsOf("GET", path);
  // As text, because the error of openapi-fetch's parser has neither the page token nor the response.
  const get = (bound: AbortSignal) =>
    (client.GET as Get).call(client, path, {
      ...options,
      params,
      signal: bound,
      parseAs: "text",
      [callDetails]: details,
    });
  const { data, error, response } = await abortable([...signals, stop], undefined, get).catch((reason: unknown) => {
    throwIfAborted(signals);
    const isOfFetch = !details.isClassified && !stop.aborted && isError(reason) && reason.name === "TypeError";
    throw isOfFetch && isNetworkFailure(reason) ? new ConnectionError(details, reason) : reason;
  });
  if (!response.ok) throw new ApiError(details, response, error);
  let page = data;
  try {
    if (typeof data === "string") page = JSON.parse(data); // a fake client can give a page
  } catch {
    throw new InvalidResponseError(details, "the body is not JSON", response, String(data));
  }
  const problem = problemOf(page, path, itemsKey, details.redact);
  if (problem === undefined) return page as AnyPage;
  const body = JSON.stringify(redactJson(page, details.redact)) ?? "";
  throw new InvalidResponseError(details, problem, response, body);
}

/** Why a 2xx response is not a page; undefined when it is one. */
function problemOf(data: unknown, path: string, itemsKey: string, redact: Redact): string | undefined {
  const items = isObject(data) ? (data[itemsKey] ?? []) : undefined;
  if (!isObject(data) || !Array.isArray(items)) return `${itemsKey} must be a list`;
  const { nextPageToken: token } = data;
  const code = codeOf(data) ?? codeOf(data["error"]); // gateways put a failure into `error`
  if (code !== undefined && !(itemsKey in data)) return `the body is that of a failure, with gRPC code ${code}`;
  const operation = operationOf("GET", path);
  const problem = problemOfItems(items, itemsKey, operation?.items?.[itemsKey]);
  if (problem || isAbsent(token)) return problem;
  const rule = violatedRule(token, operation?.query?.["pageToken"] ?? {});
  if (rule) return `nextPageToken must be ${rule}`;
  // It would be sent in a URL, and shown in errors.
  return redact(String(token)) === token ? undefined : "nextPageToken is a secret";
}

/** The gRPC code of a failure's body; undefined when it has none. */
function codeOf(body: unknown): number | undefined {
  return isObject(body) && typeof body["code"] === "number" ? body["code"] : undefined;
}

/** Validates required fields only: the server may add fields and enum values. */
function problemOfItems(
  items: readonly unknown[],
  itemsKey: string,
  required: Readonly<Record<string, string>> | null | undefined,
): string | undefined {
  if (!required) return undefined; // its items need not be objects
  const fields = Object.entries(required);
  const index = items.findIndex((item) => !isObject(item) || fields.some(([name, type]) => typeof item[name] !== type));
  if (index === -1) return undefined;
  const having = fields.map(([name, type]) => ` with a ${type} as ${name}`).join(" and");
  return `${itemsKey}[${index}] must be an object${having}`;
}
