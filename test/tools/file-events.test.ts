import fs from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { FileEvents } from "../../scripts/generate/file-events.js";
import { project } from "../support/project.js";
import { runScript } from "../support/run.js";

const failure = (code: string) => Object.assign(new Error(`${code}: no watcher`), { code });

describe("without a watcher of the system's", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });

  async function folderToWatch(): Promise<string> {
    const root = await mkdtemp(path.join(tmpdir(), "events-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    await mkdir(path.join(root, "openapi/paths"), { recursive: true });
    return root;
  }

  /** Lets the system give watchers for the first folders only; `refuse` is what it does for the others. */
  function limit(most: number, refuse: (folder: string, watcher: fs.FSWatcher) => void): void {
    const watch = fs.watch;
    let count = 0;
    vi.spyOn(fs, "watch").mockImplementation(((folder: string, listener: fs.WatchListener<string>) => {
      const watcher = watch(folder, listener);
      onTestFinished(() => watcher.close());
      if (++count > most) refuse(folder, watcher);
      return watcher;
    }) as typeof fs.watch);
    syncBuiltinESMExports();
  }

  test.each([
    ["ENOSPC", 0, "The project"],
    ["EMFILE", 1, "openapi"],
    ["EACCES", 2, path.join("openapi", "paths")],
  ])("that is refused with %s after %i, following fails and names %s", async (code, most, name) => {
    limit(most, () => {
      throw failure(code);
    });
    await expect(new FileEvents(await folderToWatch(), () => {}).follow()).rejects.toThrow(
      `${name} cannot be watched: ${code}: no watcher`,
    );
  });

  test("that is lost later, the next look fails", async () => {
    let lose = (): void => {};
    limit(0, (_, watcher) => (lose = () => watcher.emit("error", failure("EMFILE"))));
    let changes = 0;
    const events = new FileEvents(await folderToWatch(), () => (changes += 1));
    await events.follow();
    lose();
    expect(changes).toBe(1);
    await expect(events.follow()).rejects.toThrow("EMFILE");
  });

  test("because the folder was removed, following goes on", async () => {
    limit(2, (folder) => {
      fs.rmdirSync(folder);
      throw failure("ENOENT");
    });
    let changes = 0;
    await new FileEvents(await folderToWatch(), () => (changes += 1)).follow();
    expect(changes).toBeGreaterThan(0);
  });

  test.each(["generate", "docs"])("npm run %s -- --watch ends, and says why once", async (script) => {
    const root = await project("README.md");
    const code = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
fs.watch = () => { throw Object.assign(new Error("ENOSPC: no watcher"), { code: "ENOSPC" }); };
syncBuiltinESMExports();`;
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` };
    const { status, stderr } = await runScript(path.resolve(`scripts/${script}.ts`), ["--watch"], { cwd: root, env });
    expect({ status, reasons: stderr.match(/^.*ENOSPC.*$/gm) }).toEqual({
      status: 1,
      reasons: ["The project cannot be watched: ENOSPC: no watcher"],
    });
  });
});
