// Validates a page of a listing: its list, the required fields of its items, and its page token.
import type { Redact } from "./redact.js";
import { isObject } from "./unknown-value.js";
import { isAbsent, type NamedOperation } from "./validate-parameters.js";
import { violatedRule } from "./validate-value.js";

/** Returns why the body of a 2xx response is not a page; undefined when it is one. */
export function validatePage(
  data: unknown,
  operation: NamedOperation,
  itemsKey: string,
  redact: Redact,
): string | undefined {
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
