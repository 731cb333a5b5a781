// @ts-check
// Node's own watcher on each folder. Of a library that was tried, a save within 50 ms of another left no trace.
import { watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Files that editors make beside the one that they save. */
const besides = /^\.|~$|\.(swp|swx|tmp)$/;

/** Tells of everything that happens to the description and its configuration. */
export class Events {
  /** @type {Map<string, import("node:fs").FSWatcher>} */
  #watchers = new Map();
  #root;
  #changed;

  /**
   * @param {string} root the project
   * @param {() => void} changed is called for each event, and often more than once for a save
   */
  constructor(root, changed) {
    this.#root = root;
    this.#changed = changed;
  }

  /** Makes sure that each folder is watched that there is now. What happens after this is told, once it was called. */
  async follow() {
    const folders = await foldersBelow(path.join(this.#root, "openapi"));
    const found = await Promise.all([this.#root, ...folders].map(identify));
    for (const { key, folder } of found) if (!this.#watchers.has(key)) this.#watch(key, folder);
    for (const [key, watcher] of this.#watchers) {
      if (found.some((one) => one.key === key)) continue;
      watcher.close();
      this.#watchers.delete(key);
    }
  }

  /**
   * @param {string} key
   * @param {string} folder
   */
  #watch(key, folder) {
    try {
      const watcher = watch(folder, (_, name) => {
        const relevant = folder !== this.#root || name === null || ["openapi", "redocly.yaml"].includes(name);
        if (relevant && !besides.test(name ?? "")) this.#changed();
      });
      watcher.on("error", this.#changed); // on Windows, when the folder is removed
      this.#watchers.set(key, watcher);
    } catch {
      this.#changed(); // it was removed just now
    }
  }
}

/** A folder that was removed and made again is another one. @param {string} folder */
async function identify(folder) {
  const { ino } = await stat(folder).catch(() => ({ ino: 0 }));
  return { folder, key: `${folder} ${ino}` };
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} itself and those below; none when it is not there
 */
async function foldersBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  const below = entries
    ?.filter((entry) => entry.isDirectory())
    .map(({ name }) => foldersBelow(path.join(folder, name)));
  return below ? [folder, ...(await Promise.all(below)).flat()] : [];
}
