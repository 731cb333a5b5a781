// The door to generated/, with types.ts: what the rest of the code may know of the API, under names for people.
import type { paths } from "../generated/openapi.js";
import { operations } from "../generated/operations.js";
import type { ListBackupsResponse, Status } from "../generated/schemas.js";

export type { paths as IamPaths } from "../generated/iam/openapi.js";
export { server as iamServer } from "../generated/iam/operations.js";
export type { CreateIamTokenRequest, CreateIamTokenResponse } from "../generated/iam/schemas.js";

export { type Answers, server } from "../generated/operations.js";
export type { paths, Status };

/** One page of a listing of backups. */
export type ListBackupsPage = ListBackupsResponse;

/** The constraints of one parameter of an operation. */
export interface Constraints {
  /** Where it goes; undefined for an option of this package. */
  readonly in?: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
}

const constraints: Readonly<Record<string, Readonly<Record<string, Constraints>>>> = operations;

/** The parameters of an operation by name; undefined when the description does not have the operation. */
export function parametersOf(method: string, path: string): Readonly<Record<string, Constraints>> | undefined {
  return constraints[`${method} ${path}`];
}
