import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { libraryProject } from "../support/library.js";
import { contents, edit } from "../support/project.js";
import { type Running, start, startScript } from "../support/run.js";

const pageSize = "openapi/components/parameters/PageSize.yaml";
const script = path.resolve("scripts/generate.ts");
// Windows does not have signals; there, ending npm ends its children.
const hasSignals = process.platform !== "win32";
const patience = { timeout: 50_000, interval: 20 };

/** Starts the watcher in a copy of the project and waits for its first run. */
async function watch() {
  const root = await libraryProject("scripts");
  const watcher = start("npm", ["run", "generate", "--", "--watch"], { cwd: root });
  await expect.poll(() => watcher.stdout, patience).toContain("generated/ is up to date");
  return { root, watcher };
}

/** The lines that come on a stream while something is done, up to one that matches. */
async function linesOf(watcher: Running, stream: "stdout" | "stderr", what: RegExp, act: () => Promise<void>) {
  const { length } = watcher[stream];
  await act();
  await expect.poll(() => watcher[stream].slice(length), patience).toMatch(what);
  return watcher[stream].slice(length);
}

test("npm run generate -- --watch follows each way to save, prints the changes, and ends with Ctrl-C", async () => {
  const { root, watcher } = await watch();
  const to = (maximum: number) => (text: string) => text.replace(/maximum: \d+/, `maximum: ${maximum}`);
  const line = (from: number, maximum: number) => {
    const place = "components/parameters/PageSize/schema/maximum";
    return new RegExp(
      `^${place} ${from} → ${maximum}: wrote openapi\\.json, operations\\.ts, openapi\\.ts in \\d+ ms\\n$`,
    );
  };

  await linesOf(watcher, "stdout", line(1000, 900), () => edit(root, pageSize, to(900)));
  expect((await contents(root))["operations.ts"]).toContain('"maximum":900');

  await linesOf(watcher, "stdout", line(900, 800), async () => {
    const draft = path.join(root, "openapi/components/parameters/.PageSize.yaml.swp");
    await writeFile(draft, to(800)(await readFile(path.join(root, pageSize), "utf8")));
    await rename(draft, path.join(root, pageSize));
  });

  const text = await readFile(path.join(root, pageSize), "utf8");
  for (let maximum = 700; maximum <= 720; maximum++) {
    await writeFile(path.join(root, pageSize), to(maximum)(text)); // most of them during the run for another
  }
  await expect.poll(async () => (await contents(root))["operations.ts"], patience).toContain('"maximum":720');

  await linesOf(watcher, "stdout", / \+ components\/schemas\/New: wrote/, async () => {
    await writeFile(path.join(root, "openapi/components/schemas/New.yaml"), "type: string\ndescription: It is new.\n");
    await edit(root, "openapi/components/schemas/Book.yaml", (yaml) => `${yaml}  new:\n    $ref: ./New.yaml\n`);
  });
  expect(watcher.stderr).toBe("");
  if (hasSignals) {
    watcher.signalGroup("SIGINT");
    await watcher.ended; // not before the watcher has let go of npm's output
  }
});

test("npm run generate -- --watch prints a failure with its place, keeps the last good files, recovers with the next good save, and ends with npm", async () => {
  const { root, watcher } = await watch();
  const good = await contents(root);
  const spec = path.join(root, "openapi/openapi.yaml");
  const config = path.join(root, "redocly.yaml");
  const [yaml, rules] = [await readFile(spec, "utf8"), await readFile(config, "utf8")];
  const failures: [RegExp, () => Promise<void>, () => Promise<void>][] = [
    [
      /^openapi\/components\/parameters\/ShelfId\.yaml:5:1 rule\/string-parameter-has-max-length: /m,
      () => edit(root, "openapi/components/parameters/ShelfId.yaml", (text) => text.replace("  maxLength: 50\n", "")),
      () =>
        edit(root, "openapi/components/parameters/ShelfId.yaml", (text) =>
          text.replace("string\n", "string\n  maxLength: 50\n"),
        ),
    ],
    [/^openapi\/openapi\.yaml:\d+:\d+ yaml: /m, () => writeFile(spec, `${yaml}: [`), () => writeFile(spec, yaml)],
    [/ENOENT.*'openapi\/openapi\.yaml'/, () => rm(spec), () => writeFile(spec, yaml)],
    [/^redocly\.yaml:\d+:\d+ yaml: /m, () => writeFile(config, `${rules}: [`), () => writeFile(config, rules)],
    [
      /ENOENT.*'openapi\/openapi\.yaml'/,
      () => rename(path.join(root, "openapi"), path.join(root, "elsewhere")),
      () => rename(path.join(root, "elsewhere"), path.join(root, "openapi")),
    ],
  ];
  for (const [problem, fail, mend] of failures) {
    await linesOf(watcher, "stderr", problem, fail);
    expect(await contents(root)).toEqual(good);
    await linesOf(watcher, "stdout", /^generated\/ is up to date/m, mend);
  }
  expect(watcher.child.exitCode).toBe(null);
  if (hasSignals) {
    watcher.child.kill("SIGTERM");
    await watcher.ended;
  }
});

test("npm run generate -- --watch starts with a description that cannot be read", async () => {
  const root = await libraryProject("scripts");
  const names = Object.keys(await contents(root));
  await rm(path.join(root, "generated"), { recursive: true });
  await edit(root, "openapi/openapi.yaml", (text) => `${text}: [`);
  const watcher = startScript(script, ["--watch"], { cwd: root });
  await expect.poll(() => watcher.stderr, patience).toMatch(/^openapi\/openapi\.yaml:\d+:\d+ yaml: /);
  await edit(root, "openapi/openapi.yaml", (text) => text.slice(0, -3));
  await expect.poll(() => watcher.stdout, patience).toContain("wrote openapi.json");
  expect(Object.keys(await contents(root))).toEqual(names);
});
