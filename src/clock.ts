/** Runs something after a time in milliseconds, unless what it returns is called before. Tests put another in its place. */
export type Timer = (delay: number, run: () => void) => () => void;

/** The longest delay that a timer takes, 24 days: one above it would fire at once. */
export const longestDelay = 2_147_483_647;

export const systemTimer: Timer = (delay, run) => {
  const timer = setTimeout(run, Math.min(delay, longestDelay));
  return () => clearTimeout(timer);
};

/**
 * A promise that is rejected as soon as the signal aborts, with its own reason, whatever it waits for.
 *
 * @param run as for a Promise, but that it gives what to call when the promise is settled. It has a signal of its own,
 *   which aborts when the promise is rejected: each Request that is made from a signal leaves a listener on it until the
 *   garbage is collected, and a caller's signal can live through thousands of requests.
 */
export async function abortable<Result>(
  signal: AbortSignal | null | undefined,
  run: (resolve: (value: Result) => void, reject: (reason: unknown) => void, bound: AbortSignal) => () => void,
): Promise<Result> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let abort = (): void => {};
  let settled = (): void => {};
  try {
    return await new Promise((resolve, reject) => {
      const end = (reason: unknown): void => {
        reject(reason);
        controller.abort(reason);
      };
      abort = () => end(signal?.reason);
      signal?.addEventListener("abort", abort);
      settled = run(resolve, end, controller.signal);
    });
  } finally {
    signal?.removeEventListener("abort", abort);
    settled();
  }
}
