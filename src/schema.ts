// The only door to generated/: what the rest of the code may know of the API, under names for people.
import type { components, paths } from "../generated/openapi.js";
import { operations } from "../generated/operations.js";

export { server } from "../generated/operations.js";
export type { paths };

/** A backup of a cluster. Fields that the description does not know are kept as they came. */
export type Backup = components["schemas"]["Backup"];

/** One page of a listing of backups. */
export type ListBackupsPage = components["schemas"]["ListBackupsResponse"];

/** The body of a failure: `google.rpc.Status` in JSON. */
export type Status = components["schemas"]["Status"];

/** What the description says of one parameter of an operation. */
export interface ParameterFacts {
  readonly in: string;
  readonly required?: boolean;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
}

const facts: Readonly<Record<string, { readonly parameters: Readonly<Record<string, ParameterFacts>> }>> = operations;

/** The parameters of an operation by name, or none when the description does not have the operation. */
export function parametersOf(method: string, path: string): Readonly<Record<string, ParameterFacts>> {
  return facts[`${method} ${path}`]?.parameters ?? {};
}
