// Checks of parameters and options, before anything is sent.
import type { HeadersOptions } from "openapi-fetch";
import { typeOf, violatedRule } from "./constraints.js";
import { InvalidArgumentError } from "./errors.js";
import { type Redact, redactor, textOf } from "./redact.js";
import { type Constraints, operationOf, parametersOf } from "./schema.js";

/** The values of a call by location, as openapi-fetch takes them. */
export type ParameterValues = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

type HeaderValue = Extract<HeadersOptions, Record<string, unknown>>[string];

/** Protobuf JSON does not distinguish an empty string from a field that is left out. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/**
 * Validates the parameters of a call against the description, and returns a copy of them: what is sent is what was
 * validated, even if a value changes in between.
 *
 * @throws {InvalidArgumentError} naming the parameter, its constraint and the value, or an operation or a parameter that
 *   the description does not have
 */
export function validateParameters(method: string, path: string, values: ParameterValues = {}): ParameterValues {
  const parameters = parametersOf(operationOf(method, path));
  if (!parameters) throw invalidValue("path", "one of the description", `${method} ${path}`);
  const copy: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [location, given] of Object.entries(values)) {
    const group = copyOf({ ...given });
    copy[location] = group;
    const stranger = Object.keys(group).find((name) => !Object.hasOwn(parameters[location] ?? {}, name));
    if (stranger !== undefined) {
      throw new InvalidArgumentError(stranger, `is no ${location} parameter of ${method} ${path}`);
    }
  }
  for (const [location, group] of Object.entries(parameters)) {
    for (const [name, constraints] of Object.entries(group)) {
      const value = copy[location]?.[name];
      if (value === undefined && !constraints.required) continue;
      // Without a character or an item, it would not be sent at all.
      validate(name, value, constraints.required ? { minLength: 1, minItems: 1, ...constraints } : constraints);
      // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
      if (location === "path" && /^\.{0,2}$/.test(String(value))) throw invalidValue(name, "no dot segment", value);
      if (location === "header") validateHeaders({ [name]: String(value) });
    }
  }
  return copy;
}

/**
 * Validates what a listing is of.
 *
 * @throws {InvalidArgumentError} when the description has no such operation, or it does not page by these names
 */
export function validateListing(path: string, itemsKey: string): void {
  const operation = operationOf("GET", path);
  if (!operation) throw invalidValue("path", "one of the description", `GET ${path}`);
  const { items } = operation;
  if (!items) {
    const problem = `${path} does not page: its GET must take pageToken and respond with nextPageToken`;
    throw new InvalidArgumentError("path", problem);
  }
  if (!Object.hasOwn(items, itemsKey))
    throw invalidValue("itemsKey", `one of ${Object.keys(items).join(", ")}`, itemsKey);
}

/** A copy, also of lists and objects, without the fields that are undefined or null, which would be sent as such text. */
function copyOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const copies = Object.entries(values).map(([name, value]) => {
    const type = typeOf(value);
    return [name, type === "object" ? copyOf(Object(value)) : type === "array" ? [...Object(value)] : value];
  });
  return Object.fromEntries(copies.filter(([, value]) => value !== undefined && value !== null));
}

/** @throws {InvalidArgumentError} when the value does not meet the constraints */
export function validate(name: string, value: unknown, constraints: Constraints): void {
  const rule = violatedRule(value, constraints);
  if (rule) throw invalidValue(name, rule, value);
}

/** @param rule what the value must be */
export function invalidValue(name: string, rule: string, value: unknown, redact: Redact = redactor()) {
  const text = typeof value === "string" ? JSON.stringify(value) : textOf(value);
  const { length } = textOf(value);
  // A longer text than an id can be a secret that nothing here can recognize.
  const shown = length > 24 ? `${length} characters long` : redact(text);
  return new InvalidArgumentError(name, `must be ${rule}, but is ${shown}`);
}

/** A URL that a token may be sent to, in the form that the URL standard gives it. */
const safeUrl = /^(https:\/\/|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/)/;

/**
 * Validates a base URL, and removes the slashes at its end.
 *
 * @throws {InvalidArgumentError} when a token must not be sent to it
 */
export function validateBaseUrl(value: string, name = "baseUrl"): string {
  const { origin, pathname, href } = new URL(URL.canParse(value) ? value : "no:url");
  // It has neither a user name or a password, nor a query or a fragment.
  if (href === origin + pathname && safeUrl.test(href)) return href.replace(/\/+$/, "");
  const rule = "https:, or http: on a loopback address, without user name, password, query or fragment";
  // The rest of it can be a secret.
  throw new InvalidArgumentError(name, `must be ${rule}, but is ${origin === "null" ? "no such URL" : origin}`);
}

/**
 * Validates headers, and returns a copy of them. openapi-fetch would send a list of pairs under the names 0, 1 and so on.
 *
 * @throws {InvalidArgumentError} naming the header that HTTP does not allow; the message does not show its value
 */
export function validateHeaders(headers: HeadersOptions = {}): Record<string, HeaderValue> {
  const isList = Array.isArray(headers) || headers instanceof Headers;
  const copy: Record<string, HeaderValue> = isList ? {} : { ...headers };
  for (const [name, value] of isList ? headers : Object.entries(copy)) {
    try {
      new Headers([[name, String(value)]]);
    } catch {
      throw new InvalidArgumentError("headers", `must be what HTTP allows, but ${JSON.stringify(name)} is not`);
    }
  }
  return isList ? Object.fromEntries(new Headers(headers)) : copy;
}
