/** Where time comes from. Tests put another in its place, so that a wait of a minute takes none. */
export interface Clock {
  /** The time of day, in milliseconds since 1970. */
  now(): number;
  /** Runs something after a time in milliseconds, unless what it returns is called before. */
  after(delay: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

/** The longest delay that a timer takes: one above it would fire at once. */
export const maxDelay = 2_147_483_647;

/** Waits, and rejects with the signal's own reason as soon as that aborts. */
export function sleep(clock: Clock, delay: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delay, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/**
 * Runs a task that ends as soon as the signal aborts, with its own reason, or the time is over, with what `late` gives;
 * even a task that never settles. The task has a signal of its own: each Request that is made from a signal leaves a
 * listener on it until the garbage is collected, and a caller's signal can live through thousands of requests.
 */
export async function bounded<Result>(
  clock: Clock,
  signal: AbortSignal | null | undefined,
  delay: number,
  late: () => Error,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let abort = (): void => {};
  let cancel = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    const end = (reason: unknown): void => {
      reject(reason);
      controller.abort(reason);
    };
    abort = () => end(signal?.reason);
    signal?.addEventListener("abort", abort);
    if (delay <= maxDelay) cancel = clock.after(delay, () => end(late()));
  });
  try {
    return await Promise.race([ended, task(controller.signal)]);
  } finally {
    cancel();
    signal?.removeEventListener("abort", abort);
  }
}
