import { InvalidArgumentError, TokenError } from "./errors.js";
import { redactor } from "./redact.js";

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

/** A refresh that is under way, for as long as somebody waits for it. */
interface Refresh {
  readonly answer: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Asks for tokens. Requests that meet a 401 together share one refresh: the first starts it, those that come meanwhile
 * wait for it, and those that come later but were sent before take what it brought.
 *
 * @throws {InvalidArgumentError} when a token is given that cannot be sent
 */
export function tokenSource(token: string | TokenProvider): TokenSource {
  if (typeof token !== "function") {
    const grant: Grant = { token: checkToken(token), refreshes: 0 };
    return { canRefresh: false, get: async () => grant };
  }

  const provider = token;
  let latest = "";
  let refreshed: unknown;
  let refreshes = 0;
  let refreshing: Refresh | undefined;

  function startRefresh(): Refresh {
    // A signal of its own, because the request that started it can be aborted while others wait for it.
    const controller = new AbortController();
    const ask = async (): Promise<unknown> => {
      const answer: unknown = await provider({ forceRefresh: true, signal: controller.signal });
      if (refreshing === refresh && whyUnusable(answer) === undefined) {
        refreshed = answer;
        refreshes += 1;
      }
      return answer;
    };
    const forget = (): void => {
      if (refreshing === refresh) refreshing = undefined;
    };
    const refresh: Refresh = { answer: Promise.resolve().then(ask).finally(forget), controller, waiting: 0 };
    return refresh;
  }

  /** The answer of the refresh under way, or of a new one. When the last of those who wait leaves, it ends. */
  function refresh(signal: AbortSignal): Promise<unknown> {
    refreshing ??= startRefresh();
    const joined = refreshing;
    joined.waiting += 1;
    signal.addEventListener("abort", () => {
      joined.waiting -= 1;
      if (joined.waiting > 0) return;
      joined.controller.abort(signal.reason);
      if (refreshing === joined) refreshing = undefined;
    });
    return joined.answer;
  }

  return {
    canRefresh: true,
    async get(signal, refused) {
      let asked = refreshes;
      let answer: unknown = refreshed;
      try {
        if (!refused) {
          answer = await provider({ forceRefresh: false, signal });
        } else if (refreshing || refused.refreshes === refreshes) {
          answer = await refresh(signal);
          asked = refreshes;
        }
      } catch (cause) {
        // An error of its own for each that waits: a listing notes on it where to resume.
        throw new TokenError(cause, redactor([latest, refused?.token ?? ""]));
      }
      latest = checkToken(answer);
      return { token: latest, refreshes: asked };
    },
  };
}

/** Why a value is no token that can stand in a header. */
function whyUnusable(value: unknown): string | undefined {
  if (typeof value !== "string") return `must be a string, but is ${typeof value}`;
  if (value.trim() === "") return "must not be empty";
  return /^[\x21-\x7e]+$/.test(value.trim())
    ? undefined
    : "must be visible ASCII characters without a space between them";
}

/** @throws {InvalidArgumentError} unless the token can stand in a header; the token itself is never in it */
function checkToken(value: unknown): string {
  const problem = whyUnusable(value);
  if (problem !== undefined) throw new InvalidArgumentError("token", problem);
  return String(value).trim();
}
