/** The longest delay of a timer, in milliseconds: 24 days. A timer with a longer one fires at once. */
export const longestDelay = 2_147_483_647;

/**
 * Runs a function until it settles, a signal aborts, or the timeout passes. This is the only place where a signal is
 * listened to.
 *
 * `run` gets a signal of its own. A caller's signal can outlive thousands of requests, and each Request made from it
 * would keep a listener on it until garbage collection. This function removes its listener.
 *
 * @param timeout in milliseconds; larger values than {@link longestDelay} are clamped
 * @param place where the time passed, as the end of the message of the timeout
 * @throws the reason of the signal that aborts, or a `TimeoutError`, without waiting for `run`
 */
export function abortable<Result>(
  signals: readonly AbortSignal[],
  timeout: number | undefined,
  run: (signal: AbortSignal) => Promise<Result>,
  place = () => "",
): Promise<Result> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signals);
    const controller = new AbortController();
    const abort = (reason: unknown): void => {
      leave();
      reject(reason);
      controller.abort(reason);
    };
    const removers = signals.map((signal) => onAbort(signal, () => abort(signal.reason)));
    const expire = () => abort(new DOMException(`timed out after ${timeout} ms${place()}`, "TimeoutError"));
    const timer = timeout === undefined ? undefined : setTimeout(expire, Math.min(timeout, longestDelay));
    const leave = (): void => {
      clearTimeout(timer);
      for (const remove of removers) remove();
    };
    run(controller.signal).then(
      (result) => {
        leave();
        resolve(result);
      },
      (reason: unknown) => {
        leave();
        reject(reason);
      },
    );
  });
}

/** The callbacks of each signal. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs a callback when the signal aborts. Returns the function that removes it. All callbacks of a signal share one
 * listener, because Node.js warns of a leak at the eleventh.
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
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  for (const signal of signals) signal.throwIfAborted();
}

/** Waits, unless a signal aborts. @param delay in milliseconds */
export function sleep(delay: number, signals: readonly AbortSignal[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(delay, longestDelay))));
  return abortable(signals, undefined, wait).finally(() => clearTimeout(timer));
}

/**
 * Creates a function whose concurrent callers share one run. The run is aborted when the signals of all of them have
 * aborted; the next caller starts another.
 */
export function shared<Result>(
  run: (signal: AbortSignal) => Promise<Result>,
): (signals: readonly AbortSignal[]) => Promise<Result> {
  let pending: { readonly result: Promise<Result>; readonly controller: AbortController; waiting: number } | undefined;
  return async (signals) => {
    throwIfAborted(signals);
    if (!pending) {
      const controller = new AbortController();
      pending = { result: run(controller.signal), controller, waiting: 0 };
    }
    const joined = pending;
    joined.waiting += 1;
    try {
      return await abortable(signals, undefined, () => joined.result);
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        joined.controller.abort();
        if (pending === joined) pending = undefined;
      }
    }
  };
}
