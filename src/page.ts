import { callFor } from "./call.js";
import {
  ApiError,
  type Call,
  InvalidArgumentError,
  InvalidResponseError,
  isObject,
  ManagedMysqlError,
} from "./errors.js";
import { brokenRule, fillPath, isAbsent, type ParameterValues } from "./parameters.js";
import { redactJson, redactor } from "./redact.js";
import { parametersOf } from "./schema.js";

/** As much of a page as all operations have. */
export type AnyPage = Readonly<Record<string, unknown>>;

/** The one method that a walk needs, with the types that all paging operations share. */
export type Get = (
  path: string,
  init: { params: ParameterValues; signal: AbortSignal | undefined },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The items on a page; none when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  const items = page[itemsKey];
  return Array.isArray(items) ? items : [];
}

export function tokenOf(page: AnyPage): string | undefined {
  const token = page["nextPageToken"];
  return typeof token === "string" && token !== "" ? token : undefined;
}

/** The size to ask for: the caller's, or what is left of the limit where that is less. */
export function pageSize(path: string, given: unknown, left: number): unknown {
  const size = given || parametersOf("GET", path)["pageSize"]?.default;
  return typeof size === "number" && left < size ? left : given;
}

/** @throws {InvalidArgumentError} for a name that the operation does not have */
export function placed(path: string, values: Readonly<Record<string, unknown>>): ParameterValues {
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
export async function requestPage(
  get: Get,
  path: string,
  itemsKey: string,
  values: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
): Promise<AnyPage> {
  const params = placed(path, values);
  const token = tokenOf({ nextPageToken: values["pageToken"] });
  try {
    const { data, error, response } = await get(path, { params, signal });
    const problem = response.ok && whyNoPage(data, path, itemsKey);
    if (response.ok && !problem) return data as AnyPage;
    const call: Call = callFor(response) ?? { method: "GET", path: fillPath(path, params["path"]) };
    if (!problem) throw new ApiError(call, response, error);
    const safe = redactJson(data, call.redact ?? redactor());
    throw new InvalidResponseError(call, problem, response, JSON.stringify(safe) ?? "");
  } catch (error) {
    signal?.throwIfAborted(); // its reason is the caller's, and nothing is noted on it
    throw error instanceof ManagedMysqlError ? at(token, error) : error;
  }
}

/** What keeps an answer from being a page, if anything does. */
function whyNoPage(data: unknown, path: string, itemsKey: string): string | undefined {
  if (!isObject(data)) return "with JSON that is no object";
  if (!Array.isArray(data[itemsKey] ?? [])) return `with ${itemsKey} that is no list`;
  const token = data["nextPageToken"] ?? "";
  if (typeof token !== "string") return "with a nextPageToken that is no string";
  const rule = isAbsent(token) ? undefined : brokenRule(parametersOf("GET", path)["pageToken"], token);
  return rule && `with a nextPageToken that cannot be sent back: it must be ${rule}`;
}

/** Notes on an error which page to resume at. */
export function at<Failure extends ManagedMysqlError>(token: string | undefined, error: Failure): Failure {
  error.pageToken = token;
  return error;
}
