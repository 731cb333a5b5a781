import { InvalidArgumentError } from "./errors.js";
import { textOf } from "./redact.js";
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
    const value = values[facts.in ?? ""]?.[name];
    if (facts.required || !isAbsent(value)) check(name, value, { minLength: facts.required ? 1 : 0, ...facts });
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
      new Headers([[name, String(value)]]);
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

/** @throws {InvalidArgumentError} unless the value is what these facts say */
export function check(name: string, value: unknown, facts: ParameterFacts): void {
  if (!fits(facts, value)) refuse(name, ruleOf(facts), value);
}

/** @throws {InvalidArgumentError} always, naming the argument, what it must be and what it is */
export function refuse(name: string, rule: string, value: unknown): never {
  const text = typeof value === "string" ? JSON.stringify(value) : textOf(value);
  throw new InvalidArgumentError(name, `must be ${rule}, but is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
}

/** Whether a value is what these facts say; what they say nothing of is. */
export function fits(facts: ParameterFacts, value: unknown): boolean {
  const { type, minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = "" } = facts;
  if (type === "integer") return typeof value === "number" && value >= minimum && value <= maximum && !(value % 1);
  // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
  const start = facts.in === "path" ? "^(?!\\.\\.?$)" : "^";
  const form = new RegExp(`${start}\\P{Surrogate}{${minLength},${maxLength}}$`, "u");
  return type !== "string" || (typeof value === "string" && form.test(value));
}

/** What a value of these facts must be. */
export function ruleOf(facts: ParameterFacts): string {
  const { type, minimum, maximum, minLength, maxLength } = facts;
  const limits = (least = 0, most = Infinity): string =>
    most < Infinity ? `${least} to ${most}` : `${least} or above`;
  if (type === "integer") return `a whole number, ${limits(minimum, maximum)}`;
  return `well-formed text of ${limits(minLength, maxLength)} characters${facts.in === "path" ? ", and no dot segment" : ""}`;
}
