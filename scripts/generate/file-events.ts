// Watches each folder with Node's own watcher. A library that was tried missed a second save within 50 ms.
import { existsSync, type FSWatcher, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Files that editors write beside the saved one. */
const besides = /^\.|~$|\.(swp|swx|tmp)$/;

const advice =
  "End other programs that watch files, or let the system have more watchers (on Linux, the settings fs.inotify.*).";

/** Watches the description and its configuration. */
export class FileEvents {
  /** By folder and inode: a folder that was removed and made again is another one. */
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #root: string;
  readonly #changed: () => void;
  #failure: Error | undefined;

  /** @param changed is called for each event, and often more than once for a save */
  constructor(root: string, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
  }

  /**
   * Watches the folders that exist now.
   *
   * @throws {Error} when the system refuses, for example because all of its watchers are in use
   */
  async follow(): Promise<void> {
    const entries = await readdir(path.join(this.#root, "openapi"), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const folders = entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const found = new Set<string>();
    for (const folder of [this.#root, path.join(this.#root, "openapi"), ...folders]) {
      const status = await stat(folder).catch(() => undefined);
      if (!status) continue;
      const key = `${folder} ${status.ino}`;
      found.add(key);
      if (!this.#watchers.has(key)) this.#watch(key, folder);
    }
    for (const [key, watcher] of this.#watchers) {
      if (found.has(key)) continue;
      watcher.close();
      this.#watchers.delete(key);
    }
    if (this.#failure) throw this.#failure;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #watch(key: string, folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        const relevant = folder !== this.#root || name === null || ["openapi", "redocly.yaml"].includes(name);
        if (relevant && !besides.test(name ?? "")) this.#changed();
      });
      watcher.on("error", (error) => this.#fail(folder, error));
      this.#watchers.set(key, watcher);
    } catch (error) {
      this.#fail(folder, error);
    }
  }

  /** A removed folder is not a failure: the next `follow()` finds the folders that exist. */
  #fail(folder: string, error: unknown): void {
    if (existsSync(folder)) {
      const name = path.relative(this.#root, folder) || "The project";
      const reason = error instanceof Error ? error.message : error;
      this.#failure ??= new Error(`${name} cannot be watched: ${reason}\n${advice}`, { cause: error });
    }
    this.#changed();
  }
}
