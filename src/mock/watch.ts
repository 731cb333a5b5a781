import { unwatchFile, watchFile } from "node:fs";

/**
 * Calls a function when one of these files changes, and again when one of the files that it returns does. Prints the
 * result.
 */
export function watchFiles(files: readonly string[], reload: () => Promise<readonly string[]>): void {
  let watched: ReadonlySet<string> = new Set();
  let reloads = Promise.resolve();
  const changed = (): void => {
    reloads = reloads.then(next); // one after the other, so that the last save is the one that is served
  };
  const watch = (files: readonly string[]): void => {
    const previous = watched;
    watched = new Set(files);
    for (const file of previous) if (!watched.has(file)) unwatchFile(file);
    // A file keeps its watcher, so that a save meanwhile is not missed. `watch` would end when an editor saves into a
    // new file.
    for (const file of watched) if (!previous.has(file)) watchFile(file, { interval: 200 }, changed);
  };
  const next = async (): Promise<void> => {
    try {
      watch(await reload());
      console.log("Reloaded the description");
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      console.error(`The description cannot be used, so the last version is still served: ${reason}`);
    }
  };
  watch(files);
}
