// Validates the parameters of a call against the description, before anything is sent.
import type { ConstraintsByName, Description, Operation } from "./description.js";
import { InvalidArgumentError } from "./errors.js";
import type { PagingOptions } from "./iterate-pages.js";
import { nearest } from "./nearest.js";
import { redactor } from "./redact.js";
import { validateHeaders } from "./validate-options.js";
import { invalidValue, typeOf, validate } from "./validate-value.js";

/** The values of a call by location, as openapi-fetch takes them. */
export type ParameterValues = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** An operation of the description, with its name in messages. */
export interface NamedOperation extends Operation {
  /** Its method and its path, for example `GET /v1/clusters`. */
  readonly name: string;
}

const namedOperations = new WeakMap<Operation, NamedOperation>();

/** @throws {InvalidArgumentError} when the description does not have the operation */
export function findOperation({ operations }: Description, method: string, path: string): NamedOperation {
  const name = `${method} ${path}`;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation) {
    const named = namedOperations.get(operation) ?? { ...operation, name };
    namedOperations.set(operation, named);
    return named;
  }
  const [shown = ""] = redactor()(name).slice(0, 200).split("?"); // a query can have a secret that nothing recognizes
  const near = nearest(shown, Object.keys(operations));
  const advice = near === undefined ? "" : `. The nearest is ${near}`;
  throw new InvalidArgumentError("path", `must be one of the description, but is ${shown}${advice}`);
}

/** Protobuf JSON does not distinguish an empty string from a field that is left out. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** The parameters of an operation by location and name. */
function parametersOf({ path = {}, query = {}, header = {} }: Operation): Readonly<Record<string, ConstraintsByName>> {
  return { path, query, header };
}

/**
 * Groups the parameters of a listing by their location. Those that are absent are left out.
 *
 * @throws {InvalidArgumentError} for a name that the operation does not have
 */
export function groupByLocation(operation: NamedOperation, values: Readonly<Record<string, unknown>>): ParameterValues {
  const parameters = Object.entries(parametersOf(operation));
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    const [location] = parameters.find(([, group]) => Object.hasOwn(group, name)) ?? [];
    if (location === undefined) throw unknownParameter(name, `parameter of ${operation.name}`, parameters, pagingNames);
    groups[location] = { ...groups[location], [name]: value };
  }
  return groups;
}

/**
 * Validates the parameters of a call against the description, and returns a copy of them: the validated values are
 * sent, even if the caller changes them meanwhile.
 *
 * @throws {InvalidArgumentError} naming the parameter, its constraint and the value, or a parameter that the operation does
 *   not have
 */
export function validateParameters(operation: NamedOperation, values: ParameterValues = {}): ParameterValues {
  const parameters = parametersOf(operation);
  const copy: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [location, given] of Object.entries(values)) {
    const group = copyOf({ ...given });
    copy[location] = group;
    const stranger = Object.keys(group).find((name) => !Object.hasOwn(parameters[location] ?? {}, name));
    if (stranger !== undefined) {
      throw unknownParameter(stranger, `${location} parameter of ${operation.name}`, Object.entries(parameters));
    }
  }
  for (const location in parameters) {
    for (const name in parameters[location]) {
      const value = copy[location]?.[name];
      const constraints = parameters[location][name] ?? {};
      if (value === undefined && !constraints.required) continue;
      // Without a character or an item, it would not be sent at all.
      validate(name, value, constraints.required ? { minLength: 1, minItems: 1, ...constraints } : constraints);
      // A URL resolves a dot segment before it is sent, and the call would reach another endpoint.
      if (location === "path" && /^\.{0,2}$/.test(String(value)))
        throw new InvalidArgumentError(name, "must not be . or ..");
      if (location === "header") validateHeaders({ [name]: String(value) });
    }
  }
  return copy;
}

const pagingNames = ["limit", "maxPages", "maxEmptyPages", "prefetch", "signal"] satisfies (keyof PagingOptions)[];

function unknownParameter(
  name: string,
  kind: string,
  parameters: readonly (readonly [string, object])[],
  others: readonly string[] = [],
): InvalidArgumentError {
  const meant = nearest(name, [...parameters.flatMap(([, group]) => Object.keys(group)), ...others]);
  const hint = meant === undefined || meant === name ? "" : `; did you mean ${meant}?`;
  return new InvalidArgumentError(name, `is not a ${kind}${hint}`);
}

/** @throws {InvalidArgumentError} when the operation does not page, or has no such list */
export function validateListing({ items, name }: NamedOperation, itemsKey: string): void {
  if (!items) {
    const problem = `${name} does not page: it must take pageToken and respond with nextPageToken`;
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
