import type { Status } from "./schema.js";

/** What every error of this package has. Each class has a literal `name` and a stable `code` to switch on. */
export abstract class ManagedMysqlError extends Error {
  abstract override readonly name: string;
  abstract readonly code: string;

  /**
   * In a listing, the token of the page that failed: pass it as `pageToken` to go on from there. Undefined when
   * that was the first page of a listing that began without a token, and outside a listing.
   */
  pageToken: string | undefined;
}

/** Which request failed: its method, and its path without the query. */
export interface Call {
  readonly method: string;
  readonly path: string;
}

/** The server answered with a failure. */
export class ApiError extends ManagedMysqlError {
  override readonly name = "ApiError";
  override readonly code = "API_ERROR";
  readonly method: string;
  readonly path: string;
  /** The HTTP status, 300 or above. */
  readonly status: number;
  /** The gRPC code in the body, for example 5 for "not found"; undefined when the body has none. */
  readonly grpcCode: number | undefined;
  /** The details in the body, as they came; empty when it has none. */
  readonly details: NonNullable<Status["details"]>;
  /** The server's name for this request, for the provider's support; undefined when it gave none. */
  readonly requestId: string | undefined;
  /** How long the server asks to wait before the next try, in milliseconds; undefined when it does not say. */
  readonly retryAfter: number | undefined;
  /** The text of a body that was not a JSON object, for example a gateway's HTML; else undefined. */
  readonly body: string | undefined;

  /** @param body the answer's parsed JSON, or its text when it was no JSON, or undefined when it was empty */
  constructor({ method, path }: Call, response: Response, body: unknown) {
    const status: Status = isObject(body) ? body : {};
    const grpcCode = typeof status.code === "number" ? status.code : undefined;
    const reason = typeof status.message === "string" && status.message !== "" ? `: ${status.message}` : "";
    const grpc = grpcCode === undefined ? "" : ` (gRPC code ${grpcCode})`;
    super(`${method} ${path} answered ${response.status}${grpc}${reason}`);
    this.method = method;
    this.path = path;
    this.status = response.status;
    this.grpcCode = grpcCode;
    this.details = Array.isArray(status.details) ? status.details : [];
    this.requestId = requestId(this.details) ?? response.headers.get("x-request-id") ?? undefined;
    this.retryAfter = parseRetryAfter(response.headers.get("retry-after"));
    this.body = typeof body === "string" && body !== "" ? body : undefined;
  }
}

/** No usable answer came: the connection was refused, reset or cut off. `cause` is what `fetch` threw. */
export class ConnectionError extends ManagedMysqlError {
  override readonly name = "ConnectionError";
  override readonly code = "CONNECTION_ERROR";
  readonly method: string;
  readonly path: string;

  constructor({ method, path }: Call, cause: unknown) {
    super(`${method} ${path} got no answer: ${describe(cause)}`, { cause });
    this.method = method;
    this.path = path;
  }
}

/** The server answered 2xx, but not what the description says. */
export class InvalidResponseError extends ManagedMysqlError {
  override readonly name = "InvalidResponseError";
  override readonly code = "INVALID_RESPONSE";
  readonly method: string;
  readonly path: string;

  /** @param problem what is wrong, as the end of a sentence that begins with the call */
  constructor({ method, path }: Call, problem: string, options?: ErrorOptions) {
    super(`${method} ${path} ${problem}`, options);
    this.method = method;
    this.path = path;
  }
}

/** An argument was refused before anything was sent. The message names it, its limit and the value. */
export class InvalidArgumentError extends ManagedMysqlError {
  override readonly name = "InvalidArgumentError";
  override readonly code = "INVALID_ARGUMENT";
  /** The argument's name, for example `clusterId`. */
  readonly argument: string;

  constructor(argument: string, problem: string, options?: ErrorOptions) {
    super(`${argument} ${problem}`, options);
    this.argument = argument;
  }
}

/** A listing could not go on, although the server answered. */
export class PaginationError extends ManagedMysqlError {
  override readonly name = "PaginationError";
  /** `REPEATED_PAGE_TOKEN`: the server gave a token for the second time. `TOO_MANY_PAGES`: more pages than `maxPages`. */
  override readonly code: "REPEATED_PAGE_TOKEN" | "TOO_MANY_PAGES";

  constructor(code: PaginationError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `fetch` hides what happened in its error's cause: "fetch failed" alone helps nobody. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** The provider puts its request id into a detail of type `google.rpc.RequestInfo`. */
function requestId(details: ApiError["details"]): string | undefined {
  const info = details.find((detail) => isObject(detail) && String(detail["@type"]).endsWith("google.rpc.RequestInfo"));
  return typeof info?.["requestId"] === "string" ? info["requestId"] : undefined;
}

/** `Retry-After` is a whole number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return wait >= 0 ? wait : undefined;
}
