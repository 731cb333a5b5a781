// Checks of parameters and options, before anything is sent.
import type { HeadersOptions } from "openapi-fetch";
import { InvalidArgumentError } from "./errors.js";
import { type Redact, redactor, textOf } from "./redact.js";
import { type Constraints, parametersOf } from "./schema.js";

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
  const parameters = parametersOf(method, path);
  if (!parameters) throw invalidValue("path", "one of the description", `${method} ${path}`);
  const copy: Record<string, Record<string, unknown>> = {};
  for (const [location, given] of Object.entries(values)) {
    copy[location] = { ...given };
    for (const name of Object.keys(copy[location])) {
      if (parameters[name]?.in !== location) {
        throw new InvalidArgumentError(name, `is no ${location} parameter of ${method} ${path}`);
      }
    }
  }
  for (const [name, constraints] of Object.entries(parameters)) {
    const value = copy[constraints.in ?? ""]?.[name];
    const minLength = constraints.required ? 1 : 0;
    if (constraints.required || !isAbsent(value)) validate(name, value, { minLength, ...constraints });
  }
  return copy;
}

/** @throws {InvalidArgumentError} when the value does not meet the constraints */
export function validate(name: string, value: unknown, constraints: Constraints): void {
  const rule = violatedRule(value, constraints);
  if (rule) throw invalidValue(name, rule, value);
}

/** @param rule what the value must be */
export function invalidValue(name: string, rule: string, value: unknown, redact: Redact = redactor()) {
  const text = textOf(value);
  // A longer text than an id can be a secret that nothing here can recognize.
  const shown = text.length > 24 ? `${text.length} characters long` : redact(JSON.stringify(value) ?? text);
  return new InvalidArgumentError(name, `must be ${rule}, but is ${shown}`);
}

/** What the value must be according to the constraint that it violates; undefined when it meets all of them. */
export function violatedRule(value: unknown, constraints: Constraints): string | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = constraints;
  if (type === "integer") {
    const isValid = typeof value === "number" && value >= minimum && value <= maximum && !(value % 1); // Infinity % 1 is NaN
    return isValid ? undefined : `a whole number from ${minimum} to ${maximum}`;
  }
  if (typeof value !== "string" && type !== "string") return undefined;
  const inPath = constraints.in === "path";
  const rule = `well-formed text of ${minLength} to ${maxLength} characters${inPath ? ", and no dot segment" : ""}`;
  if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) return rule;
  // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
  if (inPath && /^\.\.?$/.test(value)) return rule;
  const { length } = value.length > 2 * maxLength ? value : [...value]; // to spread a huge one takes seconds
  return length >= minLength && length <= maxLength ? undefined : rule;
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
