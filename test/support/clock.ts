import type { Timer } from "../../src/clock.js";

/** The timeout that the tests give a client, so that its clock can tell a timeout from a wait. */
export const timeout = 54_321;

/** A clock on which waits take no time, and timeouts come when the test says so. */
export class TestClock {
  /** The waits between attempts so far, in milliseconds. */
  readonly waits: number[] = [];
  readonly #timeouts = new Set<() => void>();

  readonly after: Timer = (delay, run) => {
    if (delay === timeout) {
      this.#timeouts.add(run);
      return () => this.#timeouts.delete(run);
    }
    this.waits.push(delay);
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  };

  /** Lets the time of whatever is under way run out. */
  expire(): void {
    for (const run of this.#timeouts) run();
  }
}
