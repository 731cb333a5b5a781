import type { CallDetails } from "./call-details.js";
import type { Status } from "./description.js";
import { causeToJson, messageOf, systemCodeOf } from "./error-cause.js";
import { packageName } from "./package-name.js";
import { type Redact, redactError, redactJson, redactor, redactStart } from "./redact.js";
import { parseRetryAfter } from "./retry-after.js";
import { isObject, textOf } from "./unknown-value.js";

/** Identifies a class in all copies of this package, but not in another package that is made from the same sources. */
const idOf = (name: string) => `${packageName}.${name}`;

/**
 * The base class of all errors of this package. Each class has a literal `name` and a stable `code`. Secrets are redacted
 * in everything that can be printed.
 */
export abstract class ManagedMysqlError extends Error {
  /** Identifies the class in all realms. A subclass of the caller's inherits it. */
  protected static readonly id: string = idOf("ManagedMysqlError");

  // biome-ignore-start lint/complexity/noThisInStatic: it is the class on the right of `instanceof`
  /** Makes `instanceof` true for the errors of another copy of this package, and of another realm, too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (!Object.hasOwn(this, "id")) return super[Symbol.hasInstance](value); // a class of the caller's
    for (let object = Object(value); object; object = Object.getPrototypeOf(object)) {
      if (object.constructor?.id === this.id) return true;
    }
    return false;
  }
  // biome-ignore-end lint/complexity/noThisInStatic: it is the class on the right of `instanceof`

  abstract override readonly name: string;
  abstract readonly code: string;

  /**
   * The token of the page that failed: pass it as `pageToken` to resume there. Undefined for the first page of a listing
   * that began without a token, and outside a listing.
   */
  pageToken: string | undefined;

  /** @param fields of the class. Texts are redacted here; nested values must have been redacted before. */
  constructor(message: string, fields: object, redact: Redact = redactor(), cause?: unknown) {
    super(redact(message), cause === undefined ? {} : { cause: redactError(cause, redact) });
    for (const [key, value] of Object.entries(fields)) {
      Object.assign(this, { [key]: typeof value === "string" ? redact(value) : value });
    }
  }

  /** All fields but the stack, for a log line. */
  toJSON(): Record<string, unknown> {
    const json: Record<string, unknown> = { message: this.message, cause: causeToJson(this.cause) };
    return Object.assign(json, this);
  }
}

/** The base class of the errors of a request that was sent. */
export abstract class RequestError extends ManagedMysqlError {
  protected static override readonly id: string = idOf("RequestError");
  declare readonly method: string;
  /** The path of the request, without the query. */
  declare readonly path: string;
  /** The number of attempts. An attempt that timed out before its token came counts, too. */
  declare readonly attempts: number;
  /** The `x-client-request-id` of the last attempt, for the provider's support. */
  declare readonly clientRequestId: string | undefined;
  /** The server's id of the request, for the provider's support; undefined when it sent none. */
  declare readonly requestId: string | undefined;
  /** The server's `x-server-trace-id`, for the provider's support; undefined when it sent none. */
  declare readonly traceId: string | undefined;

  constructor(call: CallDetails, problem: string, response?: Response, fields: object = {}, cause?: unknown) {
    const { method, path, attempts, clientRequestId, redact, pageToken } = call;
    const requestId = response?.headers.get("x-request-id") || undefined;
    const traceId = response?.headers.get("x-server-trace-id") || undefined;
    const all = { method, path, attempts, clientRequestId, requestId, traceId, pageToken, ...fields };
    super(`${method} ${path} ${problem}${attempts > 1 ? ` (attempt ${attempts})` : ""}`, all, redact, cause);
  }
}

/** The server responded with a failure. */
export class ApiError extends RequestError {
  protected static override readonly id: string = idOf("ApiError");
  override readonly name = "ApiError";
  override readonly code = "API_ERROR";
  /** The HTTP status, 300 or above; 0 for `Response.error()` from a `fetch` of the caller's own. */
  declare readonly status: number;
  /** The gRPC code of the body, for example 5 for "not found"; undefined when the body has none. */
  declare readonly grpcCode: number | undefined;
  /** The details of the body, unchanged; empty when it has none, or more than 64 KiB of them. */
  declare readonly details: NonNullable<Status["details"]>;
  /** The wait that `Retry-After` asks for, in milliseconds; undefined when there is none. */
  declare readonly retryAfter: number | undefined;
  /** The text of a body that is not JSON, for example a gateway's HTML, at most 10 000 characters; else undefined. */
  declare readonly body: string | undefined;

  /** @param body the parsed JSON of the response; its text when it is not JSON; undefined when it is empty */
  constructor(call: CallDetails, response: Response, body: unknown) {
    const { code, message, details }: Readonly<Record<string, unknown>> = isObject(body) ? body : {};
    const grpcCode = typeof code === "number" ? code : undefined;
    const safe = redactJson(details ?? [], call.redact);
    const list: unknown[] = Array.isArray(safe) ? safe : [];
    // The provider puts its request id into a detail of type google.rpc.RequestInfo.
    const info = list.find((detail) => isObject(detail) && textOf(detail["@type"]).endsWith("google.rpc.RequestInfo"));
    const grpc = grpcCode === undefined ? "" : ` (gRPC code ${grpcCode})`;
    const reason = typeof message === "string" && message ? `: ${redactStart(message, 1000, call.redact)}` : "";
    super(call, `failed with status ${response.status}${grpc}${reason}`, response, {
      status: response.status,
      grpcCode,
      details: list,
      retryAfter: parseRetryAfter(response.headers),
      body: typeof body === "string" && body ? redactStart(body, 10_000, call.redact) : undefined,
      ...(isObject(info) && typeof info["requestId"] === "string" && { requestId: info["requestId"] }),
    });
  }
}

/** No usable response was received: the connection was refused, reset or cut off, or the attempt timed out. `cause` says why. */
export class ConnectionError extends RequestError {
  protected static override readonly id: string = idOf("ConnectionError");
  override readonly name = "ConnectionError";
  override readonly code = "CONNECTION_ERROR";
  /** The code of the system's error, for example `ECONNREFUSED`; undefined when there is none. */
  declare readonly systemCode: string | undefined;

  constructor(call: CallDetails, cause: unknown) {
    super(call, `got no response: ${messageOf(cause)}`, undefined, { systemCode: systemCodeOf(cause) }, cause);
  }
}

/** The response has a 2xx status, but does not match the description. */
export class InvalidResponseError extends RequestError {
  protected static override readonly id: string = idOf("InvalidResponseError");
  override readonly name = "InvalidResponseError";
  override readonly code = "INVALID_RESPONSE";
  declare readonly status: number;
  /** The `Content-Type` of the response; undefined when it has none. */
  declare readonly contentType: string | undefined;
  /** The beginning of the body, at most 200 characters; empty when it was too large to be read, or can hold a token. */
  declare readonly body: string;

  /** @param problem what is wrong, as the end of "got an invalid response with status 200: …" */
  constructor(call: CallDetails, problem: string, response: Response, body: string) {
    super(call, `got an invalid response with status ${response.status}: ${problem}`, response, {
      status: response.status,
      contentType: response.headers.get("content-type") || undefined,
      body: redactStart(body, 200, call.redact),
    });
  }
}

/** The token function threw the error in `cause`. */
export class TokenError extends ManagedMysqlError {
  protected static override readonly id: string = idOf("TokenError");
  override readonly name = "TokenError";
  override readonly code = "TOKEN_ERROR";

  constructor(cause: unknown, call?: CallDetails) {
    super(`The token function failed: ${messageOf(cause)}`, { pageToken: call?.pageToken }, call?.redact, cause);
  }
}

/**
 * An argument is invalid, and nothing was sent; or a `fetch` of the caller's does not work as it must. The message names
 * the argument, its constraint and the value.
 */
export class InvalidArgumentError extends ManagedMysqlError {
  protected static override readonly id: string = idOf("InvalidArgumentError");
  override readonly name = "InvalidArgumentError";
  override readonly code = "INVALID_ARGUMENT";
  /** The argument's name, for example `clusterId`. */
  declare readonly argument: string;

  constructor(argument: string, problem: string, call?: CallDetails) {
    super(`${argument} ${problem}`, { argument, pageToken: call?.pageToken });
  }
}

/** A listing could not go on, although the server responded. */
export class PaginationError extends ManagedMysqlError {
  protected static override readonly id: string = idOf("PaginationError");
  override readonly name = "PaginationError";
  /**
   * `REPEATED_PAGE_TOKEN`: the server returned the same page token again. `TOO_MANY_PAGES`: more pages than `maxPages`.
   * `TOO_MANY_EMPTY_PAGES`: more empty pages in a row than `maxEmptyPages`.
   */
  declare readonly code: "REPEATED_PAGE_TOKEN" | "TOO_MANY_PAGES" | "TOO_MANY_EMPTY_PAGES";

  constructor(code: PaginationError["code"], message: string, pageToken: string | undefined) {
    super(message, { code, pageToken });
  }
}
