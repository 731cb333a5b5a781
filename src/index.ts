// Types of openapi-fetch that the declaration files of users name, who may not depend on it themselves.
export type {
  ClientMethod,
  ClientRequestMethod,
  FetchOptions,
  FetchResponse,
  HeadersOptions,
  Middleware,
  PathSerializer,
  QuerySerializer,
  QuerySerializerOptions,
} from "openapi-fetch";
export { type ClientOptions, createClient, type ListingClient, type ManagedMysqlClient } from "./client.js";
export type { components, operations, paths } from "./description.js";
export {
  ApiError,
  ConnectionError,
  InvalidArgumentError,
  InvalidResponseError,
  ManagedMysqlError,
  PaginationError,
  TokenError,
} from "./errors.js";
export type { ReliableFetchOptions, ResponseEvent, RetryEvent } from "./fetch-with-retries.js";
export type { Listing } from "./iterate-items.js";
export type { ListingOptions, PagingOptions } from "./iterate-pages.js";
export * from "./operations.js";
export {
  type Item,
  type ItemsKey,
  type Lister,
  type Page,
  type PaginateParams,
  type PagingPath,
  paginate,
} from "./paginate.js";
export type { RetryOptions } from "./retry-policy.js";
export type * from "./schemas.js";
export type { TokenProvider, TokenRequest } from "./token.js";
