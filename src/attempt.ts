import { decode, parseJson, readBody } from "./body.js";
import { bounded, type Clock } from "./clock.js";
import { checkSafe } from "./endpoint.js";
import { type Call, ConnectionError } from "./errors.js";
import { fillPath, type ParameterValues } from "./parameters.js";
import { type Redact, redactJson, redactor } from "./redact.js";
import type { Grant, TokenSource } from "./token.js";

export type Fetch = (request: Request) => Promise<Response>;

/** What the attempts of all calls of a client share. */
export interface AttemptSettings {
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly timeout: number;
  readonly maxResponseSize: number;
  readonly fetch: Fetch | undefined;
}

/** As much of openapi-fetch's options for one call as every call has. */
export interface CallOptions {
  params?: ParameterValues | undefined;
  signal?: AbortSignal | null | undefined;
  fetch?: Fetch | undefined;
  baseUrl?: string | undefined;
  headers?: unknown;
  parseAs?: "json" | "text" | "blob" | "arrayBuffer" | "stream" | undefined;
}

/** As much of openapi-fetch's answer as every call has. */
export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Sends a request through openapi-fetch, with these options. */
export type SendOnce<Result> = (init: CallOptions) => Promise<Result>;

/** A call on its way, as its errors and events tell of it. */
export class CallState implements Call {
  readonly method: string;
  readonly #template: string;
  readonly #values: Readonly<Record<string, unknown>> | undefined;
  readonly #tokens = new Set<string>();
  /** Redacts the tokens that the call was sent with, among the rest. */
  readonly redact: Redact = redactor(this.#tokens);
  attempts = 0;
  clientRequestId: string | undefined;
  grant: Grant | undefined;
  /** What the server has answered 401 to. */
  refused: Grant | undefined;

  constructor(method: string, template: string, params: ParameterValues | undefined) {
    this.method = method;
    this.#template = template;
    this.#values = params?.["path"];
  }

  /** Filled in only when somebody asks: most calls have nothing to tell. */
  get path(): string {
    return fillPath(this.#template, this.#values);
  }

  /** Puts on a request what each attempt has of its own. */
  sign({ headers }: Request, grant: Grant): void {
    this.grant = grant;
    this.#tokens.add(grant.token);
    headers.set("authorization", `Bearer ${grant.token}`);
    // A caller can have set one; and a browser has no randomUUID on an insecure page.
    const id = headers.get(idHeader) ?? globalThis.crypto?.randomUUID?.();
    if (id) headers.set(idHeader, id);
    this.clientRequestId = id;
  }
}

const idHeader = "x-client-request-id";

/** Sends a request once, and reads its answer to the end. */
export function attempt<Result extends Answer>(
  settings: AttemptSettings,
  call: CallState,
  init: CallOptions,
  sendOnce: SendOnce<Result>,
): Promise<Result> {
  const { clock, tokens, timeout, maxResponseSize } = settings;
  const ownFetch = init.fetch ?? settings.fetch;
  const { parseAs = "json" } = init;
  call.attempts += 1;

  const late = () => new ConnectionError(call, new DOMException(`timed out after ${timeout} ms`, "TimeoutError"));
  return bounded(clock, init.signal, timeout, late, async (signal) => {
    // A body that is handed on as a stream outlives the attempt, and still obeys its caller.
    const sent = parseAs === "stream" && init.signal ? AbortSignal.any([init.signal, signal]) : signal;
    let failure: { seen: Response; shown: Response } | undefined;
    const result = await sendOnce({
      ...init,
      parseAs: "stream",
      // A signal costs a Request as much again as the rest of it, so it is on this one only if nothing else brings it.
      signal: ownFetch ? sent : undefined,
      async fetch(request) {
        checkSafe(request.url);
        signal.throwIfAborted(); // by middleware that took its time, or by a token that did
        const grant = await tokens.get(signal, call.refused);
        signal.throwIfAborted();
        call.sign(request, grant);
        let response: Response;
        try {
          response = await (ownFetch ? ownFetch(request) : globalThis.fetch(request, { signal: sent }));
        } catch (cause) {
          throw new ConnectionError(call, cause);
        }
        // openapi-fetch would read the body of a failure to its end, however long it is.
        const { ok, status, headers } = response;
        if (ok || status < 200) return response;
        const body = await readBody(call, response, maxResponseSize, signal);
        const shown = new Response(body.length > 0 ? body : null, { status: Math.min(status, 599), headers });
        if (status > 599) Object.defineProperty(shown, "status", { value: status }); // none can be made with that
        failure = { seen: response, shown };
        return shown;
      },
    });
    if (result.response === failure?.shown) result.response = failure.seen;
    const { response } = result;
    if (!response.ok) return Object.assign(result, { error: redactJson(result.error, call.redact) });
    if (parseAs === "stream") return result;
    const body = await readBody(call, response, maxResponseSize, signal);
    const { headers } = response;
    const data =
      parseAs === "json" ? parseJson(call, response, decode(body)) : await new Response(body, { headers })[parseAs]();
    return Object.assign(result, { data });
  });
}
