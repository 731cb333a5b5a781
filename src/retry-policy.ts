import { longestDelay } from "./abort.js";
import { isObject } from "./unknown-value.js";
import { validateNames } from "./validate-options.js";
import { invalidValue, validate } from "./validate-value.js";

/** When a request is sent again. Only GET, HEAD and OPTIONS are, because they change nothing on the server. */
export interface RetryOptions {
  /**
   * The most times that a request is sent, from 1. The one repetition after a 401 does not count.
   *
   * @default 4, as in the provider's own SDKs
   */
  attempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in whole milliseconds, from 0 to 2 147 483 647. This bound doubles with
   * each further attempt. The wait is random, from 0 to the bound, so that clients do not come back all at once.
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
  const given: unknown = options;
  if (given !== false && !isObject(given)) throw invalidValue("retry", "an object or false", given);
  validateNames(options || {}, ["attempts", "minDelay", "maxDelay", "maxRetryAfter"], false, "retry.");
  const { attempts = 4, minDelay = 100, maxDelay = 20_000, maxRetryAfter = 60_000 } = options || { attempts: 1 };
  validate("retry.attempts", attempts, { type: "integer", minimum: 1, maximum: Infinity });
  for (const [name, delay] of Object.entries({ minDelay, maxDelay, maxRetryAfter })) {
    validate(`retry.${name}`, delay, { type: "integer", minimum: 0, maximum: longestDelay });
  }
  return { attempts, minDelay, maxDelay, maxRetryAfter };
}

/** Whether another attempt can succeed after this status: those that the provider calls temporary, and those of a gateway. */
export function isRetryable(status: number): boolean {
  return [408, 429, 500, 502, 503, 504].includes(status);
}

/** Whether a request changes nothing on the server, so that it can be sent again. */
export function isSafe(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method);
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined when the call ends.
 *
 * @param failures how many attempts have failed so far
 * @param retryAfter the wait that the server asks for, in milliseconds
 */
export function delayBefore(policy: RetryPolicy, failures: number, retryAfter: number | undefined): number | undefined {
  if (failures >= policy.attempts || (retryAfter ?? 0) > policy.maxRetryAfter) return undefined;
  // Not more doublings than a delay has bits: zero times infinity is not a number.
  return retryAfter ?? Math.random() * Math.min(policy.maxDelay, policy.minDelay * 2 ** Math.min(failures - 1, 31));
}
