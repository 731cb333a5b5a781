import { InvalidArgumentError } from "./errors.js";
import { redactor, textOf } from "./redact.js";
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
  const { says, fits } = ruleOf(facts);
  if (!fits(value)) refuse(name, says, value);
}

/** @throws {InvalidArgumentError} always, naming the argument, what it must be and what it is */
export function refuse(name: string, rule: string, value: unknown): never {
  // Redacted before it is cut, or a part of a token would be left.
  const text = redactor()(typeof value === "string" ? JSON.stringify(value) : textOf(value));
  throw new InvalidArgumentError(name, `must be ${rule}, but is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
}

/** What a value must be: in words, and whether it is. */
export interface Rule {
  readonly says: string;
  readonly fits: (value: unknown) => boolean;
}

/** The rule that these facts make; any value fits when they name no type that is known here. */
export function ruleOf(facts: ParameterFacts): Rule {
  const { type, minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = facts;
  if (type === "integer") {
    const fits = (value: unknown) => typeof value === "number" && value >= minimum && value <= maximum && !(value % 1);
    return { says: `a whole number from ${minimum} to ${maximum}`, fits };
  }
  // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
  const [start, end] = facts.in === "path" ? ["^(?!\\.\\.?$)", ", and no dot segment"] : ["^", ""];
  const most = maxLength < Infinity ? maxLength : "";
  const form = new RegExp(`${start}\\P{Surrogate}{${minLength},${most}}$`, "u");
  return {
    says: `well-formed text of ${minLength} to ${maxLength} characters${end}`,
    fits: (value) => type !== "string" || (typeof value === "string" && form.test(value)),
  };
}
