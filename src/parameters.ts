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

/** The path of a request: the description's, with the call's values in it. */
export function fillPath(path: string, values: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
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
  const [bad, end] = facts.in === "path" ? [/^\.\.?$|\p{Surrogate}/u, ", and no dot segment"] : [/\p{Surrogate}/u, ""];
  const fits = (value: unknown) => {
    if (typeof value !== "string") return type !== "string";
    const { length } = value.length > 2 * maxLength ? value : [...value]; // to spread a huge one takes seconds
    return length >= minLength && length <= maxLength && !bad.test(value);
  };
  return { says: `well-formed text of ${minLength} to ${maxLength} characters${end}`, fits };
}
