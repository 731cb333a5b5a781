/** The longest delay of a timer, in milliseconds: 24 days. A timer with a longer one fires at once. */
export const longestDelay = 2_147_483_647;

/**
 * Runs a function until it settles, a signal aborts, or the timeout passes.
 *
 * `run` gets a signal of its own. A caller's signal can live through thousands of requests, and each Request that is made
 * from a signal leaves a listener on it until the garbage is collected; this one removes its listener.
 *
 * @param timeout in milliseconds; larger values than {@link longestDelay} are clamped
 * @throws the reason of the signal that aborts, or a `TimeoutError`, at once, whatever `run` waits for
 */
export async function abortable<Result>(
  signals: readonly (AbortSignal | null | undefined)[],
  timeout: number | undefined,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  throwIfAborted(signals);
  const controller = new AbortController();
  const listeners: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      const abort = (reason: unknown): void => {
        reject(reason);
        controller.abort(reason);
      };
      for (const signal of signals) {
        if (!signal) continue;
        listeners.push(onAbort(signal, () => abort(signal.reason)));
      }
      if (timeout !== undefined) {
        const expire = () => abort(new DOMException(`timed out after ${timeout} ms`, "TimeoutError"));
        timer = setTimeout(expire, Math.min(timeout, longestDelay));
      }
      run(controller.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    for (const remove of listeners) remove();
  }
}

/** What runs when a signal aborts. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs a callback when the signal aborts. Returns the function that removes it. All callbacks of a signal share one
 * listener: Node.js warns of a leak when there are more than ten, as in eleven calls at once.
 */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const all = callbacks.get(signal) ?? new Set();
  if (all.size === 0) {
    callbacks.set(signal, all);
    signal.addEventListener("abort", runAll);
  }
  all.add(callback);
  return () => {
    all.delete(callback);
    if (all.size > 0) return;
    callbacks.delete(signal);
    signal.removeEventListener("abort", runAll);
  };
}

function runAll(this: AbortSignal): void {
  for (const callback of [...(callbacks.get(this) ?? [])]) callback();
}

/** @throws the reason of the first signal that has aborted */
export function throwIfAborted(signals: readonly (AbortSignal | null | undefined)[]): void {
  for (const signal of signals) signal?.throwIfAborted();
}

/** Waits, unless the signal aborts. @param delay in milliseconds */
export function sleep(delay: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(delay, longestDelay))));
  return abortable([signal], undefined, wait).finally(() => clearTimeout(timer));
}
