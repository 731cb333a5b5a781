import { InvalidArgumentError } from "./errors.js";
import { type ParameterFacts, parametersOf } from "./schema.js";

/** The values of a call by the place that they go to, as openapi-fetch takes them. */
export type ParameterValues = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/**
 * Checks the parameters of a call against the description.
 *
 * @throws {InvalidArgumentError} naming the parameter, its limit and the value
 */
export function checkParameters(method: string, path: string, values: ParameterValues = {}): void {
  for (const [name, facts] of Object.entries(parametersOf(method, path))) {
    const value = values[facts.in]?.[name];
    if (isAbsent(value)) {
      if (facts.required) throw new InvalidArgumentError(name, `is required, but is ${show(value)}`);
      continue;
    }
    const rule = brokenRule(facts, value);
    if (rule) throw new InvalidArgumentError(name, `must be ${rule}, but is ${show(value)}`);
  }
}

/**
 * Headers that can be sent. A list of pairs becomes a record: openapi-fetch would send it under the names 0, 1 and so on.
 *
 * @throws {InvalidArgumentError} naming a header that cannot be sent; its value can be a secret, and is not shown
 */
export function checkHeaders(headers: unknown): unknown {
  if (!headers || headers instanceof Headers) return headers;
  const entries: Iterable<readonly [string, unknown]> = Array.isArray(headers) ? headers : Object.entries(headers);
  for (const [name, value] of entries) {
    try {
      new Headers({ [name]: String(value) });
    } catch {
      throw new InvalidArgumentError("headers", `must hold what HTTP allows, but ${JSON.stringify(name)} does not`);
    }
  }
  return Array.isArray(headers) ? new Headers(headers) : headers;
}

/** The path of a request: the description's, with the call's values in it. */
export function fillPath(path: string, values: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

/** Protobuf JSON knows no difference between an empty string and a field that is left out. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** @throws {InvalidArgumentError} when a count is not a whole number of at least `minimum` */
export function checkCount(name: string, value: number, minimum: number): void {
  if (value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= minimum)) return;
  throw new InvalidArgumentError(name, `must be a whole number of at least ${minimum}, but is ${show(value)}`);
}

/** What a value must be, but is not. */
export function brokenRule(facts: ParameterFacts | undefined, value: unknown): string | undefined {
  if (facts?.type === "integer") {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = facts;
    const fits = Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
    return fits ? undefined : `a whole number from ${minimum} to ${maximum}`;
  }
  if (facts?.type !== "string") return undefined;
  if (typeof value !== "string") return "a string";
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = facts;
  const length = [...value].length;
  if (length < minLength) return `at least ${minLength} characters, not ${length}`;
  if (length > maxLength) return `at most ${maxLength} characters, not ${length}`;
  if (/\p{Surrogate}/u.test(value)) return "well-formed Unicode";
  // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
  if (facts.in === "path" && /^\.\.?$/.test(value)) return "more than a dot segment";
  return undefined;
}

function show(value: unknown): string {
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
