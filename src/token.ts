import { abortable } from "./abort.js";
import { InvalidArgumentError, TokenError } from "./errors.js";
import { type Redact, redactor } from "./redact.js";

/** The argument of a token function. */
export interface TokenRequest {
  /** Whether a cached token must not be used, because the server has refused it. */
  readonly forceRefresh: boolean;
  /** Aborts when the token is no longer needed. */
  readonly signal: AbortSignal;
}

/**
 * Returns an IAM token. It is called before each attempt, so it should cache. What it throws becomes the `cause` of a
 * {@link TokenError}, and is not retried.
 */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

/** The tokens of one call. */
export interface CallAuth {
  /** Redacts the tokens of the call, among other secrets. */
  readonly redact: Redact;
  /**
   * The token of the next attempt; undefined when the client has none.
   *
   * @throws {TokenError} when the token function throws
   * @throws {InvalidArgumentError} when the token cannot stand in a header
   */
  getToken(signal: AbortSignal): Promise<string | undefined>;
  /** Makes the next attempt use a new token. Returns false when that is not possible, or was done before. */
  renew(): boolean;
}

/**
 * Creates a function that gives each call its tokens. Calls that need a new token at the same time share one refresh.
 *
 * @param timeout how long a refresh may take, in milliseconds
 * @throws {InvalidArgumentError} when there is a `token` that is neither a function nor a text that can stand in a header
 */
export function createAuth(options: { token?: string | TokenProvider }, timeout: number): () => CallAuth {
  const provider = typeof options.token === "function" ? options.token : undefined;
  // A token that is given as undefined is an error: often an environment variable that is not set.
  const fixed = provider || !("token" in options) ? undefined : checkToken(options.token);
  /** The result of the last refresh that gave a token, and how many there were. */
  let latest = "";
  let refreshes = 0;
  let pending: Promise<unknown> | undefined;

  const refresh = (provide: TokenProvider): Promise<unknown> => {
    const run = async (signal: AbortSignal) => {
      const given: unknown = await provide({ forceRefresh: true, signal });
      if (isToken(given)) {
        latest = given;
        refreshes += 1;
      }
      return given;
    };
    pending ??= abortable([], timeout, run).finally(() => (pending = undefined));
    pending.catch(() => {}); // all calls that wait for it may have been aborted
    return pending;
  };

  return () => {
    const known = [fixed ?? latest];
    const redact = redactor(known);
    let isRenewed = false;
    let seen = 0;

    const getToken = async (signal: AbortSignal): Promise<string | undefined> => {
      if (!provider) return fixed;
      let given: unknown = latest;
      try {
        if (!isRenewed) {
          seen = refreshes;
          given = await provider({ forceRefresh: false, signal });
        } else if (seen === refreshes) {
          given = await refresh(provider);
        } // else another call has refreshed the token since this one got its own
      } catch (cause) {
        throw new TokenError(cause, redact);
      }
      const checked = checkToken(given);
      known.push(checked);
      return checked;
    };
    const renew = (): boolean => {
      if (!provider || isRenewed) return false;
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
function checkToken(value: unknown): string {
  if (isToken(value)) return value.trim();
  throw new InvalidArgumentError("token", "must be visible ASCII characters without a space");
}
