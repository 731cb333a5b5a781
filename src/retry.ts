import { longestDelay } from "./clock.js";
import { check } from "./parameters.js";

/** When a request is sent again, and when no more. Only GET is: repeating it changes nothing on the server. */
export interface RetryOptions {
  /**
   * The most times that a request is sent, from 1. The one repetition after a 401 does not count.
   *
   * @default 4, as in the provider's own SDKs
   */
  attempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in whole milliseconds, from 0 to 2 147 483 647. It doubles with each
   * further one, and the wait is drawn at random from 0 to it, so that clients do not come back all at once.
   *
   * @default 100
   */
  minDelay?: number | undefined;
  /**
   * Where the doubling ends, in whole milliseconds, from 0 to 2 147 483 647.
   *
   * @default 20_000
   */
  maxDelay?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in whole milliseconds, from 0 to 2 147 483 647. A longer one ends the
   * call at once, with `retryAfter` on the error.
   *
   * @default 60_000
   */
  maxRetryAfter?: number | undefined;
}

export type RetryPolicy = { readonly [Option in keyof RetryOptions]-?: number };

/** @throws {InvalidArgumentError} naming the option that cannot be used */
export function retryPolicy(options: RetryOptions | false = {}): RetryPolicy {
  const { attempts = 4, minDelay = 100, maxDelay = 20_000, maxRetryAfter = 60_000 } = options || { attempts: 1 };
  check("retry.attempts", attempts, { type: "integer", minimum: 1 });
  for (const [name, delay] of Object.entries({ minDelay, maxDelay, maxRetryAfter })) {
    check(`retry.${name}`, delay, { type: "integer", minimum: 0, maximum: longestDelay });
  }
  return { attempts, minDelay, maxDelay, maxRetryAfter };
}

/** The statuses that another attempt can mend: those that the provider calls temporary, and those of a gateway. */
export function isRetryable(status: number | undefined): boolean {
  return [408, 429, 500, 502, 503, 504].includes(Number(status));
}
