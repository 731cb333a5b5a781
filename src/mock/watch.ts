import { unwatchFile, watchFile } from "node:fs";
import { filesOf } from "./prism.js";

/** Reloads a description when it, or a file that it refers to, changes. Prints what becomes of it. */
export async function watchDescription(spec: string, reload: () => Promise<void>): Promise<void> {
  let watched: readonly string[] = [];
  const watch = async (): Promise<void> => {
    const files = await filesOf(spec);
    for (const file of watched) unwatchFile(file);
    // Not `watch`: an editor that saves into a new file would end it.
    for (const file of files) watchFile(file, { interval: 200 }, changed);
    watched = files;
  };
  const changed = async (): Promise<void> => {
    try {
      await reload();
      await watch();
      console.log(`Reloaded ${spec}`);
    } catch (error) {
      console.error(
        `${spec} cannot be used, so the last version is still served: ${error instanceof Error ? error.message : error}`,
      );
    }
  };
  await watch();
}
