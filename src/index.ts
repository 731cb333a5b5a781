export type { ResponseEvent, RetryEvent } from "./call.js";
export { type ClientOptions, createClient, type ManagedMysqlClient } from "./client.js";
export {
  ApiError,
  ConnectionError,
  InvalidArgumentError,
  InvalidResponseError,
  ManagedMysqlError,
  PaginationError,
  TokenError,
} from "./errors.js";
export { type ListBackupsParams, listBackups } from "./list-backups.js";
export type { Listing } from "./listing.js";
export type { PagingOptions } from "./pages.js";
export { type Item, type ItemsKey, type Page, type PaginateParams, type PagingPath, paginate } from "./paginate.js";
export type { RetryOptions } from "./retry.js";
export type { Backup, ListBackupsPage, paths, Status } from "./schema.js";
export type { TokenProvider, TokenRequest } from "./token.js";
