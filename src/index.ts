export { createClient, type ListingClient, type ManagedMysqlClient } from "./client.js";
export {
  ApiError,
  ConnectionError,
  InvalidArgumentError,
  InvalidResponseError,
  ManagedMysqlError,
  PaginationError,
  TokenError,
} from "./errors.js";
export type { Listing } from "./listing.js";
export * from "./operations.js";
export type { ClientOptions, ResponseEvent, RetryEvent } from "./options.js";
export type { PagingOptions } from "./pages.js";
export {
  type Item,
  type ItemsKey,
  type Lister,
  type Page,
  type PaginateParams,
  type PagingPath,
  paginate,
} from "./paginate.js";
export type { RetryOptions } from "./retry.js";
export type { ListBackupsPage, paths } from "./schema.js";
export type { TokenProvider, TokenRequest } from "./token.js";
export type * from "./types.js";
