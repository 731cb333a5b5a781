import { unwatchFile, watchFile } from "node:fs";
import { filesOf } from "./prism.js";

/** Reloads a description when it, or a file that it refers to, changes. Prints what becomes of it. */
export async function watchDescription(spec: string, reload: () => Promise<void>): Promise<void> {
  const watched = new Set<string>();
  let reloads = Promise.resolve();
  // One after the other, so that the last save is the one that is served.
  const changed = (): void => {
    reloads = reloads.then(follow);
  };

  const watch = async (): Promise<void> => {
    const files = new Set(await filesOf(spec));
    for (const file of watched) if (!files.has(file) && watched.delete(file)) unwatchFile(file);
    for (const file of files) {
      // What is watched already goes on so: a save that comes just now would be missed. And not `watch`: an editor that
      // saves into a new file would end it.
      if (!watched.has(file)) watchFile(file, { interval: 200 }, changed);
      watched.add(file);
    }
  };
  const follow = async (): Promise<void> => {
    try {
      await reload();
      await watch();
      console.log(`Reloaded ${spec}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      console.error(`${spec} cannot be used, so the last version is still served: ${reason}`);
    }
  };
  await watch();
}
