import { type ParseAs, parseBody, readBody } from "./body.js";
import { checkSafe } from "./endpoint.js";
import { type Call, ConnectionError } from "./errors.js";
import type { Fetch } from "./options.js";
import type { ParameterValues } from "./parameters.js";
import { type Redact, redactJson } from "./redact.js";
import type { Tokens } from "./token.js";

/** As much of openapi-fetch's options for one call as every call has. */
export interface CallOptions {
  params?: ParameterValues | undefined;
  signal?: AbortSignal | null | undefined;
  fetch?: Fetch | undefined;
  baseUrl?: string | undefined;
  headers?: unknown;
  parseAs?: ParseAs | undefined;
}

/** As much of openapi-fetch's answer as every call has. */
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
 * @param once sends it through openapi-fetch, with these options
 */
export async function attempt(
  call: CallState,
  init: CallOptions,
  bound: AbortSignal,
  maxResponseSize: number,
  once: (init: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const { fetch } = init;
  let seen: Response | undefined;
  let shown: Response | undefined;
  const answer = await once({
    ...init,
    parseAs: "stream",
    // A signal costs a Request as much again as the rest of it, so it is on this one only if nothing else brings it.
    signal: fetch && bound,
    async fetch(request) {
      checkSafe(request.url);
      bound.throwIfAborted(); // by middleware that took its time, or by a token that did
      const token = await call.token(bound, call.refused);
      bound.throwIfAborted();
      const { headers } = request;
      headers.set("authorization", `Bearer ${token}`);
      // A caller can have set one; and a browser has no randomUUID on an insecure page.
      const id = headers.get(idHeader) ?? globalThis.crypto?.randomUUID?.();
      if (id) headers.set(idHeader, id);
      call.clientRequestId = id;
      try {
        seen = await (fetch ? fetch(request) : globalThis.fetch(request, { signal: bound }));
      } catch (cause) {
        throw new ConnectionError(call, cause);
      }
      if (seen.ok) return seen;
      // openapi-fetch would read the body of a failure to its end, however long it is.
      const body = await readBody(call, seen, maxResponseSize, bound);
      const status = seen.status < 200 || seen.status > 599 ? 599 : seen.status; // a Response can be made with no other
      shown = new Response(body.length > 0 ? body : null, { status, headers: seen.headers });
      return shown;
    },
  });
  const response = seen && answer.response === shown ? seen : answer.response;
  if (!response.ok) return { response, error: answer.error && redactJson(answer.error, call.redact) };
  const body = await readBody(call, response, maxResponseSize, bound);
  return { response, data: await parseBody(call, response, body, init.parseAs) };
}
