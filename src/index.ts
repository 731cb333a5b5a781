export {
  type ClientOptions,
  createClient,
  type ManagedMysqlClient,
  type TokenProvider,
  type TokenRequest,
} from "./client.js";
export {
  ApiError,
  ConnectionError,
  InvalidArgumentError,
  InvalidResponseError,
  ManagedMysqlError,
  PaginationError,
} from "./errors.js";
export { type ListBackupsParams, listBackups } from "./list-backups.js";
export type { Listing } from "./listing.js";
export type { PagingOptions } from "./pages.js";
export { type Item, type ItemsKey, type Page, type PaginateParams, type PagingPath, paginate } from "./paginate.js";
export type { Backup, ListBackupsPage, paths, Status } from "./schema.js";
