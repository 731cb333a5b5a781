import { shared } from "./abort.js";
import type { CallDetails } from "./call-details.js";
import { InvalidArgumentError, TokenError } from "./errors.js";
import { type Redact, redactor } from "./redact.js";
import type { Transport } from "./send-once.js";
import { kindOf } from "./unknown-value.js";

/** The argument of a token function. */
export interface TokenRequest {
  /** Whether a cached token must not be used, because the server has refused it. */
  readonly forceRefresh: boolean;
  /** The token that the server has refused; undefined when `forceRefresh` is false. */
  readonly refusedToken?: string | undefined;
  /** Aborts when the token is no longer needed. */
  readonly signal: AbortSignal;
  /** Sends a request as the client does, with its `fetch` and its `requestInitExt`: through its proxy, for example. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/**
 * Returns an IAM token. It is called before each attempt, so it should cache the token. An error from it becomes the
 * `cause` of a {@link TokenError}, and is not retried.
 */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

/** The tokens of one call. */
export interface CallAuth {
  /** Redacts the tokens of the call, among other secrets. */
  readonly redact: Redact;
  /**
   * The token of the next attempt; undefined for a client without a token.
   *
   * @throws {TokenError} when the token function throws
   * @throws {InvalidArgumentError} when the token cannot stand in a header
   */
  getToken(signal: AbortSignal): Promise<string | undefined>;
  /** Makes the next attempt use a new token. Returns false without a token function, and from the second call on. */
  renew(): boolean;
}

/**
 * Creates a function that gives each call its tokens. Calls that need a new token at the same time share one renewal.
 *
 * @throws {InvalidArgumentError} when `token` is neither a function nor a text that can stand in a header
 */
export function createAuth(options: { token?: string | TokenProvider } & Transport): (call: CallDetails) => CallAuth {
  const { token, requestInitExt } = options;
  const provider = typeof token === "function" ? token : undefined;
  // `token: undefined` is an error, because it is often an environment variable that is not set.
  const fixed = provider || !("token" in options) ? undefined : checkToken(token);
  const fetch = (request: Request) => (options.fetch ?? globalThis.fetch)(request, requestInitExt);
  /** The token of the last renewal, and the number of renewals. */
  let latest = "";
  let renewals = 0;
  /** The tokens that the server has refused since then. */
  const refused = new Set<string>();
  const renewToken = shared(async (signal) => {
    const given: unknown = await provider?.({ forceRefresh: true, refusedToken: [...refused].at(-1), signal, fetch });
    if (isToken(given)) {
      refused.clear();
      latest = given;
      renewals += 1;
    }
    return given;
  });

  return (call) => {
    const known = [fixed ?? latest];
    const redact = redactor(known);
    let isRefused = false;
    let isRenewed = false;
    let seen = 0;

    const getToken = async (signal: AbortSignal): Promise<string | undefined> => {
      if (!provider) return fixed;
      let given: unknown = latest;
      try {
        if (!isRefused) {
          seen = renewals;
          given = await provider({ forceRefresh: false, signal, fetch });
        } else if (seen === renewals) {
          refused.add(known.at(-1) ?? "");
          given = await renewToken([signal]);
        } // else another call has renewed the token since this one got its own
      } catch (cause) {
        known.push(...refused); // a shared renewal can fail with the token of another call in its error
        throw new TokenError(cause, call);
      }
      const checked = checkToken(given, call);
      isRefused = false;
      known.push(checked);
      return checked;
    };
    const renew = (): boolean => {
      if (!provider || isRenewed) return false;
      isRefused = true;
      isRenewed = true;
      return true;
    };
    return { redact, getToken, renew };
  };
}

/** Whether a value can stand in a header. White space around it is removed there. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^\s*[\x21-\x7e]+\s*$/.test(value);
}

/** @throws {InvalidArgumentError} when the token cannot stand in a header; the message does not show it */
function checkToken(value: unknown, call?: CallDetails): string {
  if (isToken(value)) return value.trim();
  let found = `is ${kindOf(value)}`;
  if (typeof value === "string")
    found = !value.trim() ? "is empty" : /\S\s+\S/.test(value) ? "has a space" : "has another character";
  throw new InvalidArgumentError("token", `must be visible ASCII characters without a space, but ${found}`, call);
}
