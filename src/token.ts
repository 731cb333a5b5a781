import { InvalidArgumentError, TokenError } from "./errors.js";
import { type Redact, redactor } from "./redact.js";

/** What a token function is told. */
export interface TokenRequest {
  /** Whether a cached token must not be used, because the server has refused it. */
  readonly forceRefresh: boolean;
  /** Aborts when nobody waits for the token any more. */
  readonly signal: AbortSignal;
}

/**
 * Gives an IAM token for one request. It is asked before each attempt, until a 401 has made it refresh: that token serves
 * the rest of the call. So it should cache. What it throws becomes the `cause` of a {@link TokenError}, and is not tried
 * again.
 */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

/** The tokens of one call: one for each attempt, and another one once the server has refused one. */
export type Tokens = (signal: AbortSignal, refused: boolean) => Promise<string>;

export interface TokenSource {
  /** Whether a refused token can be replaced. */
  readonly canRefresh: boolean;
  /** Redacts the last hundred tokens, among the rest. */
  readonly redact: Redact;
  readonly forCall: () => Tokens;
}

/**
 * Asks for the tokens of calls. Those that meet a 401 together share one refresh: the first starts it, those that come
 * meanwhile wait for it, and those that come later but had asked before take what it brought.
 *
 * @throws {InvalidArgumentError} when a token is given that cannot be sent
 */
export function tokenSource(token: string | TokenProvider): TokenSource {
  const canRefresh = typeof token === "function";
  const fixed = canRefresh ? "" : checkToken(token);
  const provider = canRefresh ? token : () => fixed;
  const known: string[] = [];
  const redact = redactor(known);

  let latest: unknown;
  let refreshes = 0;
  /** Waits for the refresh that is under way, if one is; what an older refresh brings is not recorded. */
  let join: ((signal: AbortSignal) => Promise<unknown>) | undefined;

  const startRefresh = () => {
    // A signal of its own, because who started it can be aborted while others wait; the last who leaves ends it.
    const controller = new AbortController();
    let waiting = 0;
    const end = () => {
      if (join === own) join = undefined;
    };
    const answer = Promise.resolve({ forceRefresh: true, signal: controller.signal })
      .then(provider)
      .then((given) => {
        if (join === own && trimmed(given)) {
          latest = given;
          refreshes += 1;
        }
        return given;
      })
      .finally(end);
    const own = (signal: AbortSignal) => {
      waiting += 1;
      signal.addEventListener("abort", () => {
        waiting -= 1;
        if (waiting > 0) return;
        controller.abort(signal.reason);
        end();
      });
      return answer;
    };
    return own;
  };

  const forCall = (): Tokens => {
    let asked = 0;
    return async (signal, refused) => {
      let given = latest;
      try {
        if (!refused) {
          asked = refreshes;
          given = await provider({ forceRefresh: false, signal });
        } else if (join || asked === refreshes) {
          join ??= startRefresh();
          given = await join(signal);
        }
      } catch (cause) {
        // An error of its own for each that waits: a listing notes on it where to resume.
        throw new TokenError(cause, redact);
      }
      const checked = checkToken(given);
      if (!known.includes(checked) && known.unshift(checked) > 100) known.pop();
      return checked;
    };
  };
  return { canRefresh, redact, forCall };
}

/** A token without the white space around it; empty when it cannot stand in a header. */
function trimmed(value: unknown): string {
  const token = typeof value === "string" ? value.trim() : "";
  return /^[\x21-\x7e]+$/.test(token) ? token : "";
}

/** @throws {InvalidArgumentError} unless the token can stand in a header; the token itself is never in it */
function checkToken(value: unknown): string {
  const token = trimmed(value);
  if (token) return token;
  throw new InvalidArgumentError("token", "must be visible ASCII characters without a space");
}
