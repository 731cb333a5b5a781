import type { ClientOptions, RetryEvent } from "../../src/index.js";

const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis;

/** The clocks by the timeout that each has given to its client. */
const clocks = new Map<number, TestClock>();
const owners = new Map<NodeJS.Timeout, TestClock>();
let count = 0;
/** The delays of the waits that are about to begin. */
const waits = new Set<number>();

/**
 * A clock on which the waits of a client take no time, and its attempts time out when the test says so. The client runs
 * as it is: its timers are recognized by their delay, and all other timers of the process are real.
 */
export class TestClock {
  /** The waits between attempts so far, in milliseconds. */
  readonly waits: number[] = [];
  /** Each clock has its own, so that many clients can run at once. */
  readonly #timeout = 1_000_000 + count++;
  readonly #running = new Map<NodeJS.Timeout, () => void>();

  constructor() {
    clocks.set(this.#timeout, this);
  }

  /** The options that put a client on this clock, with further ones. */
  options(options: ClientOptions = {}): ClientOptions {
    const onRetry = (event: RetryEvent) => {
      if (event.delay > 0) waits.add(event.delay) && this.waits.push(event.delay);
      return options.onRetry?.(event);
    };
    return { timeout: this.#timeout, ...options, onRetry };
  }

  /** Lets the time of all attempts under way run out. */
  expire(): void {
    for (const run of this.#running.values()) run();
  }

  start(run: () => void): NodeJS.Timeout {
    const timer = setRealTimeout(() => {}, 0);
    this.#running.set(timer, run);
    owners.set(timer, this);
    return timer;
  }

  clear(timer: NodeJS.Timeout): void {
    this.#running.delete(timer);
    owners.delete(timer);
  }

  /** Forgets this clock. */
  end(): void {
    clocks.delete(this.#timeout);
  }
}

globalThis.setTimeout = Object.assign((run: () => void, delay = 0, ...values: []) => {
  const clock = clocks.get(delay);
  return clock ? clock.start(run) : setRealTimeout(run, waits.delete(delay) ? 0 : delay, ...values);
}, setRealTimeout);

globalThis.clearTimeout = (timer) => {
  if (typeof timer === "object") owners.get(timer)?.clear(timer);
  clearRealTimeout(timer);
};
