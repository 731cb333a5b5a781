import { shared } from "../abort.js";

/**
 * A token function for `createClient`. Without an argument, it returns a token to use elsewhere.
 *
 * It caches a token until a tenth of its lifetime is left, and starts no timer. All callers share one request, which is
 * aborted when the signals of all of them have aborted. With `forceRefresh` it requests a token even if it has one. The
 * new token can be the old one, if the server has nothing newer; a client then gives up after one repetition.
 */
export type TokenFunction = (request?: {
  readonly forceRefresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}) => Promise<string>;

/** A token that has just been received. */
export interface IssuedToken {
  readonly token: string;
  /** How long it is valid from now on, in milliseconds. */
  readonly lifetime: number;
}

/** Caches what `issue` returns. */
export function cached(issue: (signal: AbortSignal) => Promise<IssuedToken>): TokenFunction {
  let latest: (IssuedToken & { readonly since: number }) | undefined;
  const isFresh = ({ since, lifetime }: { since: number; lifetime: number }): boolean => {
    const age = Date.now() - since;
    return age >= 0 && age < lifetime * 0.9; // below 0, the clock was set back
  };
  const request = shared(async (signal) => {
    const since = Date.now();
    latest = { ...(await issue(signal)), since };
    return latest.token;
  });

  return async ({ forceRefresh = false, signal } = {}) => {
    signal?.throwIfAborted();
    if (forceRefresh) latest = undefined;
    if (latest && isFresh(latest)) return latest.token;
    return await request(signal ? [signal] : []);
  };
}
