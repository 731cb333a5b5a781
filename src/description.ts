// The description, as far as the client uses it. Only this file and schemas.ts import generated/.
import type { QuerySerializerOptions } from "openapi-fetch";
import type { paths } from "../generated/openapi.js";
import { operations, server } from "../generated/operations.js";
import type { Status } from "../generated/schemas.js";

export type { paths as IamPaths } from "../generated/iam/openapi.js";
export { server as iamServer } from "../generated/iam/operations.js";
export type { CreateIamTokenRequest, CreateIamTokenResponse } from "../generated/iam/schemas.js";
export type { components, operations } from "../generated/openapi.js";

export type { DeprecatedPath, Responses } from "../generated/operations.js";
export type { paths, Status };

/**
 * The constraints of a parameter that are validated before it is sent. The server validates the others: `allOf`, `anyOf`,
 * `oneOf`, `not`, `if`, and each `format` but `date-time`.
 */
export interface Constraints {
  readonly required?: boolean;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Constraints;
  readonly properties?: ConstraintsByName;
  readonly default?: unknown;
}

export type ConstraintsByName = Readonly<Record<string, Constraints>>;

/** An operation, as far as the client uses it. */
export interface Operation {
  readonly path?: ConstraintsByName;
  readonly query?: ConstraintsByName;
  readonly header?: ConstraintsByName;
  /** The options of openapi-fetch for a call, where its defaults differ from the description. */
  readonly options?: { readonly querySerializer?: QuerySerializerOptions; readonly parseAs?: "text" | "blob" };
  /** The media type of the body, unless it is `application/json`. */
  readonly contentType?: string;
  /**
   * For an operation that pages: by the name of each list on a page, the required fields of an item and their `typeof`; null
   * when items need not be objects.
   */
  readonly items?: Readonly<Record<string, Readonly<Record<string, string>> | null>>;
}

/** An API, as far as the client uses it: each operation by its method and path. */
export interface Description {
  /** The base URL of its first server. */
  readonly server: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

export const description: Description = { server, operations };
