// Fetches one page of a listing, and validates it.
import { abortable, throwIfAborted } from "./abort.js";
import { type PageCall, pageOption } from "./client.js";
import { isNetworkFailure } from "./error-cause.js";
import { ApiError, ConnectionError, detailsOf, InvalidResponseError, isObject } from "./errors.js";
import { isError, jsonOf, type Redact } from "./redact.js";
import { isAbsent, type NamedOperation, type ParameterValues } from "./validate-parameters.js";
import { violatedRule } from "./validate-value.js";

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

/** What all pages of a listing have in common. */
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

/** The items of a page; none when the server left the field out. */
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
  const problem = problemOf(body, operation, itemsKey, details.redact);
  if (problem === undefined) return body as AnyPage;
  throw new InvalidResponseError(details, problem, response, jsonOf(body));
}

/** Why a 2xx response is not a page; undefined when it is one. */
function problemOf(data: unknown, operation: NamedOperation, itemsKey: string, redact: Redact): string | undefined {
  const items = isObject(data) ? (data[itemsKey] ?? []) : undefined;
  if (!isObject(data) || !Array.isArray(items)) return `${itemsKey} must be a list`;
  const { nextPageToken: token } = data;
  const code = codeOf(data) ?? codeOf(data["error"]); // gateways put a failure into `error`
  if (code !== undefined && !(itemsKey in data)) return `the body is an error, with gRPC code ${code}`;
  const problem = problemOfItems(items, itemsKey, operation.items?.[itemsKey]);
  if (problem || isAbsent(token)) return problem;
  const rule = violatedRule(token, operation.query?.["pageToken"] ?? {});
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
  const isItem = (item: unknown) => isObject(item) && fields.every(([name, type]) => typeof item[name] === type);
  const index = items.findIndex((item) => !isItem(item));
  if (index === -1) return undefined;
  const having = fields.map(([name, type]) => ` with a ${type} as ${name}`).join(" and");
  return `${itemsKey}[${index}] must be an object${having}`;
}
