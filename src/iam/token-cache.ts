import { abortable, shared } from "../abort.js";
import type { TokenRequest } from "../token.js";

/**
 * A token function for `createClient`. Without an argument, it returns a token to use elsewhere.
 *
 * It caches a token until a tenth of its lifetime is left, without a timer. A token that cannot be renewed then is used
 * until it expires; once a minute, a call tries again. All callers share one request, which is aborted when the signals
 * of all of them have aborted. With `forceRefresh` it requests a token even if it has one, unless `refusedToken` is another
 * one, because a call of another client has renewed it. The new token can be the old one, if the server has nothing newer;
 * a client then gives up after one repetition. When the request fails, other calls use the old token on.
 */
export type TokenFunction = (
  request?: { readonly [Field in keyof TokenRequest]?: TokenRequest[Field] | undefined },
) => Promise<string>;

/** A token that has just been received. */
export interface IssuedToken {
  readonly token: string;
  /** How long it is valid from now on, in milliseconds. */
  readonly lifetime: number;
}

/**
 * Requests a token.
 *
 * @param fetch that of the client that needs the token
 */
export type TokenIssuer = (signal: AbortSignal, fetch: TokenRequest["fetch"] | undefined) => Promise<IssuedToken>;

/** How long a call that has a valid token waits for the next one, in milliseconds. */
const patience = 5_000;

/** The pause between two attempts to renew a token that is still valid, in milliseconds: for a short life, 1 % of it. */
const longestPause = 60_000;

/** Creates a token function that caches the tokens of an issuer. */
export function cacheToken(issue: TokenIssuer): TokenFunction {
  let latest: (IssuedToken & { readonly since: number }) | undefined;
  /** When it was last renewed, or tried to be. */
  let tried = 0;
  let clientFetch: TokenRequest["fetch"] | undefined;
  const renew = shared(async (signal) => {
    tried = Date.now();
    latest = { ...(await issue(signal, clientFetch)), since: tried };
    return latest.token;
  });
  /** The latest token, when it is valid and at most this part of its life has passed. */
  const tokenWithin = (part: number): string | undefined => {
    if (!latest) return undefined;
    const age = Date.now() - latest.since;
    // Below 0, the clock was set back: the age is unknown, but the token was valid.
    return (age >= 0 || part === 1) && age < latest.lifetime * part ? latest.token : undefined;
  };
  const isPaused = () => Math.abs(Date.now() - tried) < Math.min(longestPause, (latest?.lifetime ?? 0) / 100);

  return async ({ forceRefresh = false, refusedToken = latest?.token, signal, fetch } = {}) => {
    signal?.throwIfAborted();
    const isRefused = forceRefresh && refusedToken === latest?.token;
    const valid = isRefused ? undefined : tokenWithin(1);
    const usable = isPaused() ? valid : valid && tokenWithin(0.9);
    if (usable !== undefined) return usable;
    clientFetch = fetch;
    try {
      return await abortable(signal ? [signal] : [], valid === undefined ? undefined : patience, (bound) =>
        renew([bound]),
      );
    } catch (error) {
      signal?.throwIfAborted();
      const old = tokenWithin(1);
      if (old !== undefined && !isRefused) return old;
      throw error;
    }
  };
}
