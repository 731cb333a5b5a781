// What a page is, and what is no page although the server has responded with 2xx.
import { violatedRule } from "./constraints.js";
import { isObject } from "./errors.js";
import type { Redact } from "./redact.js";
import { operationOf } from "./schema.js";
import { isAbsent } from "./validate.js";

/** The fields of a page that all operations have. */
export interface AnyPage {
  readonly nextPageToken?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The items of a page; none when the server left the field out. */
export function itemsOf(page: AnyPage, itemsKey: string): readonly unknown[] {
  return (page[itemsKey] as readonly unknown[] | null | undefined) ?? [];
}

/** Why a 2xx response is not a page; undefined when it is one. */
export function problemOf(data: unknown, path: string, itemsKey: string, redact: Redact): string | undefined {
  const items = isObject(data) ? (data[itemsKey] ?? []) : undefined;
  if (!isObject(data) || !Array.isArray(items)) return `${itemsKey} must be a list`;
  const { nextPageToken: token } = data;
  const { code } = isObject(data["error"]) ? data["error"] : data; // gateways put a failure into `error`
  if (typeof code === "number" && !(itemsKey in data)) return `the body is that of a failure, with gRPC code ${code}`;
  const operation = operationOf("GET", path);
  const problem = problemOfItems(items, itemsKey, operation?.items?.[itemsKey]);
  if (problem || isAbsent(token)) return problem;
  const rule = violatedRule(token, operation?.query?.["pageToken"] ?? {});
  if (rule) return `nextPageToken must be ${rule}`;
  // It would be sent in a URL, and printed with errors.
  return redact(String(token)) === token ? undefined : "nextPageToken is a secret";
}

/** Only what the description requires is checked, so that fields and values of tomorrow pass. */
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
