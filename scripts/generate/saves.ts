import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { FileEvents } from "./file-events.js";

/** How long to wait for more events of the same save, in milliseconds. */
const pause = 20;

/**
 * Yields at once, and after each save of the description, until a signal aborts. It yields a function that tells
 * whether another save has begun. A file can then have been read half saved, and only the next turn finds its problems.
 *
 * @throws {Error} when the description cannot be watched
 */
export async function* saves(root: string, stop: AbortSignal): AsyncGenerator<() => boolean, void, void> {
  const stopped = once(stop, "abort");
  let changed = (): void => {};
  const events = new FileEvents(root, () => changed());
  try {
    while (!stop.aborted) {
      let isDue = false;
      const change = new Promise<void>((resolve) => {
        changed = () => {
          isDue = true;
          resolve();
        };
      });
      await events.follow();
      yield () => isDue;
      await Promise.race([change, stopped]);
      await sleep(pause);
    }
  } finally {
    events.close();
  }
}
