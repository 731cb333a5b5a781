import { bounded, type Clock } from "./clock.js";
import { InvalidArgumentError, TokenError } from "./errors.js";
import { redactor } from "./redact.js";

/** What a token function is told. */
export interface TokenRequest {
  /** Whether a cached token must not be used, because the server has refused it. */
  readonly forceRefresh: boolean;
  /** Aborts when the token is no longer waited for. */
  readonly signal: AbortSignal;
}

/** Gives an IAM token for one request. */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

/** A token, and how often tokens had been refreshed when it was asked for. */
export interface Grant {
  readonly token: string;
  readonly refreshes: number;
}

export interface TokenSource {
  /** Whether a refused token can be replaced. */
  readonly canRefresh: boolean;
  /** A token for one request; after a 401, another one than the server has refused. */
  get(signal: AbortSignal, refused?: Grant): Promise<Grant>;
}

/**
 * Asks for tokens. Requests that meet a 401 together share one refresh: the first starts it, those that come meanwhile
 * wait for it, and those that come later but were sent before ask for what it brought.
 *
 * @throws {InvalidArgumentError} when a token is given that cannot be sent
 */
export function tokenSource(token: string | TokenProvider, clock: Clock, timeout: number): TokenSource {
  if (typeof token !== "function") {
    const grant: Grant = { token: checkToken(token), refreshes: 0 };
    return { canRefresh: false, get: async () => grant };
  }

  const provider = token;
  let latest = "";
  let refreshes = 0;
  let refreshing: Promise<string> | undefined;

  async function ask(forceRefresh: boolean, signal: AbortSignal): Promise<string> {
    let answer: unknown;
    try {
      answer = await provider({ forceRefresh, signal });
    } catch (error) {
      throw new TokenError(error, redactor([latest]));
    }
    latest = checkToken(answer);
    return latest;
  }

  async function refresh(): Promise<string> {
    // A signal of its own, because the request that started it can be aborted while others wait for it.
    const late = () => new TokenError(new Error(`no token came within ${timeout} ms`));
    try {
      const answer = await bounded(clock, undefined, timeout, late, (signal) => ask(true, signal));
      refreshes += 1;
      return answer;
    } finally {
      refreshing = undefined;
    }
  }

  return {
    canRefresh: true,
    async get(signal, refused) {
      if (refused && (refreshing || refused.refreshes === refreshes)) {
        refreshing ??= refresh();
        const answer = await refreshing.catch((error: unknown) => {
          // An error of its own for each that waits: a listing notes on it where to resume.
          throw error instanceof TokenError ? new TokenError(error.cause) : error;
        });
        return { token: answer, refreshes };
      }
      const grant = { refreshes };
      return { ...grant, token: await ask(false, signal) };
    },
  };
}

/** @throws {InvalidArgumentError} unless the token can stand in a header; the token itself is never in it */
function checkToken(value: unknown): string {
  if (typeof value !== "string") throw new InvalidArgumentError("token", `must be a string, but is ${typeof value}`);
  const token = value.trim();
  if (token === "") throw new InvalidArgumentError("token", "must not be empty");
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InvalidArgumentError("token", "must be visible ASCII characters without a space between them");
  }
  return token;
}
