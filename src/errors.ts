import { printable, type Redact, redactJson, redactor, textOf } from "./redact.js";
import { parseRetryAfter } from "./retry-after.js";
import type { Status } from "./schema.js";

/**
 * What every error of this package has. Each class has a literal `name` and a stable `code` to switch on. Secrets are
 * redacted in all that can be printed.
 */
export abstract class ManagedMysqlError extends Error {
  abstract override readonly name: string;
  abstract readonly code: string;

  /**
   * In a listing, the token of the page that failed: pass it as `pageToken` to go on from there. Undefined when
   * that was the first page of a listing that began without a token, and outside a listing.
   */
  pageToken: string | undefined;

  constructor(message: string, options: ErrorOptions = {}, redact: Redact = redactor()) {
    super(redact(message), "cause" in options ? { cause: printable(options.cause, redact) } : {});
  }

  /** What a log line should hold: all fields but the stack. */
  toJSON(): Record<string, unknown> {
    const { name, message, cause } = this;
    const json: Record<string, unknown> = { name, message };
    if (cause !== undefined) json["cause"] = textOf(cause);
    return Object.assign(json, this);
  }
}

/** Which request failed. */
export interface Call {
  readonly method: string;
  /** Its path, without the query. */
  readonly path: string;
  /** How often it was sent. */
  readonly attempts?: number;
  /** The `x-client-request-id` that it was sent with the last time. */
  readonly clientRequestId?: string | undefined;
  readonly redact?: Redact;
}

/** What the errors of a request that was sent have. */
abstract class RequestError extends ManagedMysqlError {
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** How often it was tried; an attempt whose token did not come in time counts, although nothing was sent. */
  readonly attempts: number;
  /** The `x-client-request-id` that the request had the last time, for the provider's support. */
  readonly clientRequestId: string | undefined;
  /** The server's name for the request, for the provider's support; undefined when it gave none. */
  readonly requestId: string | undefined;
  /** The server's `x-server-trace-id`, for the provider's support; undefined when it gave none. */
  readonly traceId: string | undefined;

  constructor(
    call: Call,
    problem: string,
    options?: ErrorOptions,
    headers: Headers = new Headers(),
    requestId?: string,
  ) {
    const { method, path, attempts = 1, clientRequestId, redact = redactor() } = call;
    const times = attempts > 1 ? ` (attempt ${attempts})` : "";
    super(`${method} ${path} ${problem}${times}`, options, redact);
    this.method = method;
    this.path = redact(path);
    this.attempts = attempts;
    this.clientRequestId = clientRequestId;
    const header = (name: string): string | undefined => redact(headers.get(name) ?? "") || undefined;
    this.requestId = requestId ?? header("x-request-id");
    this.traceId = header("x-server-trace-id");
  }
}

/** The server answered with a failure. */
export class ApiError extends RequestError {
  override readonly name = "ApiError";
  override readonly code = "API_ERROR";
  /** The HTTP status, 300 or above; 0 when a `fetch` of the caller's own gives an answer that has none. */
  readonly status: number;
  /** The gRPC code in the body, for example 5 for "not found"; undefined when the body has none. */
  readonly grpcCode: number | undefined;
  /** The details in the body, as they came; empty when it has none. */
  readonly details: NonNullable<Status["details"]>;
  /** How long the server asks to wait before the next try, in milliseconds; undefined when it does not say. */
  readonly retryAfter: number | undefined;
  /** The text of a body that was no JSON, for example a gateway's HTML, at most 10 000 characters; else undefined. */
  readonly body: string | undefined;

  /** @param body the answer's parsed JSON, or its text when it was no JSON, or undefined when it was empty */
  constructor(call: Call, response: Response, body: unknown) {
    const { redact = redactor() } = call;
    const { code, message, details }: Status = isObject(body) ? body : {};
    const grpcCode = typeof code === "number" ? code : undefined;
    const grpc = grpcCode === undefined ? "" : ` (gRPC code ${grpcCode})`;
    // Redacted before it is cut, or a part of a token would be left.
    const reason = typeof message === "string" && message !== "" ? `: ${redact(message).slice(0, 1000)}` : "";
    const safeDetails = redactJson(Array.isArray(details) ? details : [], redact) as ApiError["details"];
    super(call, `answered ${response.status}${grpc}${reason}`, {}, response.headers, requestId(safeDetails));
    this.status = response.status;
    this.grpcCode = grpcCode;
    this.details = safeDetails;
    this.retryAfter = parseRetryAfter(response.headers.get("retry-after"), Date.now());
    this.body = typeof body === "string" && body !== "" ? redact(body).slice(0, 10_000) : undefined;
  }
}

/** No usable answer came: the connection was refused, reset or cut off, or the time was over. `cause` says why. */
export class ConnectionError extends RequestError {
  override readonly name = "ConnectionError";
  override readonly code = "CONNECTION_ERROR";

  constructor(call: Call, cause: unknown) {
    super(call, `got no answer: ${describe(cause)}`, { cause });
  }
}

/** The server answered 2xx, but not what the description says. */
export class InvalidResponseError extends RequestError {
  override readonly name = "InvalidResponseError";
  override readonly code = "INVALID_RESPONSE";
  readonly status: number;
  /** The `Content-Type` of the answer; undefined when it has none. */
  readonly contentType: string | undefined;
  /** How the body begins, at most 200 characters. */
  readonly body: string;

  /** @param problem what is wrong, as the end of a sentence that begins with the call */
  constructor(call: Call, problem: string, response: Response, body: string) {
    super(call, `answered ${response.status} ${problem}`, {}, response.headers);
    const { redact = redactor() } = call;
    this.status = response.status;
    this.contentType = redact(response.headers.get("content-type") ?? "") || undefined;
    this.body = redact(body.slice(0, 10_000)).slice(0, 200);
  }
}

/** The token function failed; `cause` is what it threw. */
export class TokenError extends ManagedMysqlError {
  override readonly name = "TokenError";
  override readonly code = "TOKEN_ERROR";

  constructor(cause: unknown, redact?: Redact) {
    super(`The token function failed: ${describe(cause)}`, { cause }, redact);
  }
}

/** An argument was refused before anything was sent. The message names it, its limit and the value. */
export class InvalidArgumentError extends ManagedMysqlError {
  override readonly name = "InvalidArgumentError";
  override readonly code = "INVALID_ARGUMENT";
  /** The argument's name, for example `clusterId`. */
  readonly argument: string;

  constructor(argument: string, problem: string) {
    super(`${argument} ${problem}`);
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
  if (!(error instanceof Error)) return textOf(error);
  const { message, cause } = error;
  // Where a name has two addresses and both refuse, the message is empty and the code alone says so.
  const reason = cause instanceof Error && (cause.message || ("code" in cause && cause.code));
  return reason ? `${message} (${reason})` : message;
}

/** The provider puts its request id into a detail of type `google.rpc.RequestInfo`. */
function requestId(details: ApiError["details"]): string | undefined {
  const info = details.find((detail) => isObject(detail) && textOf(detail["@type"]).endsWith("google.rpc.RequestInfo"));
  return typeof info?.["requestId"] === "string" ? info["requestId"] : undefined;
}
