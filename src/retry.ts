import { maxDelay } from "./clock.js";
import { InvalidArgumentError } from "./errors.js";
import { checkCount } from "./parameters.js";

/** When a request is sent again, and when no more. Only GET is: repeating it changes nothing on the server. */
export interface RetryOptions {
  /**
   * The most times that a request is sent, from 1. The one repetition after a 401 does not count.
   *
   * @default 4, as in the provider's own SDKs
   */
  attempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in milliseconds, from 0 to 2 147 483 647. It doubles with each further
   * one, and the wait is drawn at random from 0 to it, so that clients do not come back all at once.
   *
   * @default 100
   */
  minDelay?: number | undefined;
  /**
   * Where the doubling ends, in milliseconds, from 0 to 2 147 483 647.
   *
   * @default 20_000
   */
  maxDelay?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds, from 0 to 2 147 483 647. A longer one ends the call
   * at once, with `retryAfter` on the error.
   *
   * @default 60_000
   */
  maxRetryAfter?: number | undefined;
}

export type RetryPolicy = { readonly [Option in keyof RetryOptions]-?: number };

/** @throws {InvalidArgumentError} naming the option that cannot be used */
export function retryPolicy(options: RetryOptions | false = {}): RetryPolicy {
  if (options === false) return retryPolicy({ attempts: 1 });
  const { attempts = 4 } = options;
  checkCount("retry.attempts", attempts, 1);
  return {
    attempts,
    minDelay: checkRange("retry.minDelay", options.minDelay ?? 100, 0, maxDelay),
    maxDelay: checkRange("retry.maxDelay", options.maxDelay ?? 20_000, 0, maxDelay),
    maxRetryAfter: checkRange("retry.maxRetryAfter", options.maxRetryAfter ?? 60_000, 0, maxDelay),
  };
}

/** @throws {InvalidArgumentError} unless `minimum <= value <= maximum` */
export function checkRange(name: string, value: unknown, minimum: number, maximum: number): number {
  if (typeof value === "number" && value >= minimum && value <= maximum) return value;
  throw new InvalidArgumentError(name, `must be a number from ${minimum} to ${maximum}, but is ${String(value)}`);
}

/** The statuses that another attempt can mend: those that the provider calls temporary, and those of a gateway. */
export function isRetryable(status: number): boolean {
  return [408, 429, 500, 502, 503, 504].includes(status);
}

/**
 * How long to wait after so many failures, in milliseconds; undefined when the server asks for more than is allowed.
 *
 * @param retryAfter what the server asks for, if it does
 */
export function delayAfter(policy: RetryPolicy, failures: number, retryAfter: number | undefined): number | undefined {
  if (retryAfter !== undefined) return retryAfter <= policy.maxRetryAfter ? retryAfter : undefined;
  return Math.random() * Math.min(policy.maxDelay, policy.minDelay * 2 ** (failures - 1));
}
