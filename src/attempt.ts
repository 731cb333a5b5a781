import { readBody } from "./body.js";
import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";
import type { Fetch } from "./options.js";
import { type Redact, redactJson } from "./redact.js";
import type { Outgoing } from "./request.js";
import type { Tokens } from "./token.js";

/** What openapi-fetch's methods answer, with the types that all operations share. */
export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** A call on its way, as its errors and events tell of it. */
export interface CallState extends Call {
  readonly method: string;
  readonly path: string;
  attempts: number;
  clientRequestId: string | undefined;
  readonly redact: Redact;
  /** Whether the server has refused a token of it. */
  refused: boolean;
  readonly token: Tokens;
}

const idHeader = "x-client-request-id";

/**
 * Sends a request once, and reads its answer to the end.
 *
 * @param bound ends it
 * @throws {TokenError} and {InvalidArgumentError} for want of a token that can be sent
 * @throws {ConnectionError} when no usable answer comes
 * @throws {InvalidResponseError} when a 2xx answer is not JSON or too large
 */
export async function attempt(
  call: CallState,
  { url, init }: Outgoing,
  { fetch, maxResponseSize }: { fetch?: Fetch | undefined; maxResponseSize: number },
  bound: AbortSignal,
): Promise<Answer> {
  // A signal costs a Request as much again as the rest of it, so it is on this one only if nothing else brings it.
  const request = new Request(url, { ...init, signal: fetch ? bound : null });
  const { headers } = request;
  const token = await call.token(bound, call.refused);
  bound.throwIfAborted();
  headers.set("authorization", `Bearer ${token}`);
  // A caller can have set one; and a browser has no randomUUID on an insecure page.
  const id = headers.get(idHeader) ?? globalThis.crypto?.randomUUID?.();
  if (id) headers.set(idHeader, id);
  call.clientRequestId = id;
  let response: Response;
  try {
    response = await (fetch ? fetch(request) : globalThis.fetch(request, { signal: bound }));
  } catch (cause) {
    throw new ConnectionError(call, cause);
  }
  const text = await readBody(call, response, maxResponseSize, bound);
  let value: unknown = text;
  try {
    // What other methods than GET are answered can be nothing.
    value = text || call.method === "GET" ? JSON.parse(text) : undefined;
  } catch {
    // Its error would be no cause to show: it quotes a few characters, which can be a part of a token.
    if (response.ok) throw new InvalidResponseError(call, "with a body that is not JSON", response, text);
  }
  return response.ok ? { response, data: value } : { response, error: value && redactJson(value, call.redact) };
}
