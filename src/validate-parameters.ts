// Validates the parameters of a call against the description, before anything is sent.
import { operationOf, parametersOf } from "./description.js";
import { InvalidArgumentError } from "./errors.js";
import { validateHeaders } from "./validate-options.js";
import { invalidValue, typeOf, validate } from "./validate-value.js";

/** The values of a call by location, as openapi-fetch takes them. */
export type ParameterValues = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

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
