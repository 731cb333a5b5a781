import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { FileEvents } from "../../scripts/generate/file-events.js";
import { temporaryFolder } from "../support/folder.js";
import { project } from "../support/project.js";
import { importing, runScript } from "../support/run.js";

const failure = (code: string) => Object.assign(new Error(`${code}: no watcher`), { code });

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const folderToWatch = () => temporaryFolder({ "openapi/paths/a.yaml": "" });

/** Lets the system give watchers for the first folders only; it calls `refuse` for the others. */
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
])("a watcher that the system refuses with %s after %i is an error that names %s", async (code, most, name) => {
  limit(most, () => {
    throw failure(code);
  });
  await expect(new FileEvents(await folderToWatch(), () => {}).follow()).rejects.toThrow(
    `${name} cannot be watched: ${code}: no watcher`,
  );
});

test("a watcher that is lost later is an error of the next call of follow()", async () => {
  let lose = (): void => {};
  limit(0, (_, watcher) => (lose = () => watcher.emit("error", failure("EMFILE"))));
  let changes = 0;
  const events = new FileEvents(await folderToWatch(), () => (changes += 1));
  await events.follow();
  lose();
  expect(changes).toBe(1);
  await expect(events.follow()).rejects.toThrow("EMFILE");
});

test("a folder that is removed while it gets its watcher is a change", async () => {
  limit(2, (folder) => {
    fs.rmSync(folder, { recursive: true });
    throw failure("ENOENT");
  });
  let changes = 0;
  await new FileEvents(await folderToWatch(), () => (changes += 1)).follow();
  expect(changes).toBeGreaterThan(0);
});

test.each(["generate", "docs"])(
  "npm run %s -- --watch ends without a watcher, and prints the reason once",
  async (script) => {
    const root = await project("README.md");
    const code = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
fs.watch = () => { throw Object.assign(new Error("ENOSPC: no watcher"), { code: "ENOSPC" }); };
syncBuiltinESMExports();`;
    const env = { NODE_OPTIONS: importing(code) };
    const { status, stderr } = await runScript(path.resolve(`scripts/${script}.ts`), ["--watch"], { cwd: root, env });
    expect({ status, reasons: stderr.match(/^.*ENOSPC.*$/gm) }).toEqual({
      status: 1,
      reasons: ["The project cannot be watched: ENOSPC: no watcher"],
    });
  },
);
