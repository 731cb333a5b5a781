// Validates a value against the constraints of the description, or of an option.

import type { Constraints } from "./description.js";
import { InvalidArgumentError } from "./errors.js";
import { redactor } from "./redact.js";
import { classOf, textOf } from "./unknown-value.js";

/** @throws {InvalidArgumentError} when the value does not meet the constraints */
export function validate(name: string, value: unknown, constraints: Constraints): void {
  const rule = violatedRule(value, constraints);
  if (rule) throw invalidValue(name, rule, value);
}

/** @param rule what the value must be */
export function invalidValue(name: string, rule: string, value: unknown): InvalidArgumentError {
  const text = typeof value === "string" ? JSON.stringify(value) : textOf(value);
  const { length } = textOf(value);
  // A text that is longer than an id can be a secret of an unknown form.
  const shown = length > 24 ? `${length} characters long` : redactor()(text);
  return new InvalidArgumentError(name, `must be ${rule}, but is ${shown}`);
}

const primitives = ["string", "number", "boolean"];
const anything = [...primitives, "array"];

/** The rule that the value violates, as in "must be …"; undefined when it meets all constraints. */
export function violatedRule(value: unknown, constraints: Constraints): string | undefined {
  const { type: types = anything, enum: choices } = constraints;
  const type = typeOf(value);
  if (value === Infinity && constraints.maximum === Infinity) return undefined; // an option without a limit
  if (types !== type && !types.includes(type) && !(type === "integer" && types.includes("number"))) {
    return [types]
      .flat()
      .map((one) => describe(one, constraints))
      .join(" or ");
  }
  if (choices && !choices.includes(value)) return `one of ${choices.join(", ")}`;
  if (typeof value === "number") return violatedNumberRule(value, constraints);
  if (typeof value === "string") return violatedTextRule(value, constraints);
  if (Array.isArray(value)) return violatedListRule(value, constraints);
  return type === "object" ? violatedObjectRule(Object(value), constraints) : undefined;
}

/** The JSON type of a value; "none" for a value without one, such as a `Date` or `NaN`. */
export function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" && !Number.isInteger(value)) return Number.isFinite(value) ? "number" : "none";
  if (typeof value === "object") return classOf(value) === "Object" ? "object" : "none";
  return typeof value === "number" ? "integer" : typeof value;
}

/** The rule for a value of this type. */
function describe(type: string, constraints: Constraints): string {
  const { minLength = 0, maxLength = Infinity, minItems = 0, maxItems = Infinity } = constraints;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = constraints;
  const bounds = Object.entries({ from: minimum, above: exclusiveMinimum, "up to": maximum, below: exclusiveMaximum })
    .map(([word, bound]) => (bound === undefined || bound === Infinity ? "" : ` ${word} ${bound}`))
    .join("");
  if (type === "string") return `well-formed text${extent(minLength, maxLength, "characters")}`;
  if (type === "integer") return `a whole number${bounds}`;
  if (type === "number") return `a number${bounds}`;
  if (type === "boolean") return "true or false";
  if (type === "array") return `a list${extent(minItems, maxItems, "items")}`;
  return `an object with these fields only: ${Object.keys(constraints.properties ?? {}).join(", ")}`;
}

/** The limits of a length in these units; empty when it is not limited. */
function extent(minimum: number, maximum: number, units: string): string {
  if (maximum < Infinity) return ` of ${minimum} to ${maximum} ${units}`;
  return minimum > 0 ? ` of at least ${minimum} ${minimum === 1 ? units.slice(0, -1) : units}` : "";
}

function violatedNumberRule(value: number, constraints: Constraints): string | undefined {
  const { minimum = value, maximum = value, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = constraints;
  const isWithin = value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
  if (!isWithin) return describe(constraints.type?.includes("integer") ? "integer" : "number", constraints);
  if (constraints.multipleOf === undefined) return undefined;
  const quotient = value / constraints.multipleOf;
  const isMultiple = Math.abs(quotient - Math.round(quotient)) < 1e-9; // 0.3 / 0.1 is not quite 3
  return isMultiple ? undefined : `a multiple of ${constraints.multipleOf}`;
}

/** RFC 3339, section 5.6. */
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function violatedTextRule(value: string, constraints: Constraints): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern, format } = constraints;
  const { length } = value.length > 2 * maxLength ? value : [...value]; // to spread a huge one takes seconds
  if (/\p{Surrogate}/u.test(value) || length < minLength || length > maxLength) return describe("string", constraints);
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) return `text that matches ${pattern}`;
  return format === "date-time" && !dateTime.test(value) ? "an RFC 3339 date and time" : undefined;
}

function violatedListRule(value: readonly unknown[], constraints: Constraints): string | undefined {
  const { minItems = 0, maxItems = Infinity, uniqueItems, items } = constraints;
  if (value.length < minItems || value.length > maxItems) return describe("array", constraints);
  if (uniqueItems && new Set(value).size < value.length) return "a list without the same item twice";
  const rules = value.map((item) => violatedRule(item, { type: primitives, ...items }));
  const rule = rules.find((one) => one !== undefined);
  return rule && `a list of which each item is ${rule}`;
}

function violatedObjectRule(value: Readonly<Record<string, unknown>>, constraints: Constraints): string | undefined {
  const { properties = {} } = constraints;
  if (!Object.keys(value).every((name) => Object.hasOwn(properties, name))) return describe("object", constraints);
  for (const [name, property] of Object.entries(properties)) {
    const rule = name in value || property.required ? violatedRule(value[name], property) : undefined;
    if (rule) return `an object whose ${name} is ${rule}`;
  }
  return undefined;
}
