// Times what runs as a command, in a process of its own.
import { execFile, spawn } from "node:child_process";
import { on } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Project } from "./create-project.js";
import type { Sample } from "./suite.js";

const execute = promisify(execFile);

/** How to start a script of package.json, or a dependency's command, without npm: the time of npm is not ours. */
function command(name: string, args: readonly string[]) {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const [file = "", ...first]: string[] = (scripts[name] ?? name).split(" ");
  const PATH = [path.resolve("node_modules/.bin"), process.env["PATH"]].join(path.delimiter);
  return { file, args: [...first, ...args], env: { ...process.env, PATH } };
}

/** How long a command takes, in milliseconds. */
export async function run(name: string, args: readonly string[], cwd: string): Promise<number> {
  const { file, args: all, env } = command(name, args);
  const begin = performance.now();
  await execute(file, all, { cwd, env });
  return performance.now() - begin;
}

/** Samples the time from a save of the description to the written files, in a process that stays. */
export async function saveToWritten({ root, spec }: Project): Promise<Sample> {
  const { file, args, env } = command("generate", ["--watch"]);
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  process.prependListener("exit", () => child.kill("SIGKILL")); // before the project is removed
  const written = async (): Promise<void> => {
    for await (const [text] of on(child.stdout, "data", { signal: AbortSignal.timeout(60_000) })) {
      if (/wrote|up to date/.test(text)) return;
    }
  };
  await written();
  const text = await readFile(spec, "utf8");
  let maximum = 1000;
  return async () => {
    maximum = maximum === 1000 ? 999 : 1000;
    const begin = performance.now();
    const done = written();
    await writeFile(spec, text.replace(/"maximum": \d+/, `"maximum": ${maximum}`));
    await done;
    return performance.now() - begin;
  };
}

/** Samples the time in which a fresh process imports a module, in milliseconds. */
export function importTime(specifier: string): Sample {
  const code = `const begin = performance.now(); await import("${specifier}"); console.log(performance.now() - begin);`;
  return async () => {
    const { stdout } = await execute(process.execPath, ["--input-type=module", "--eval", code]);
    return Number(stdout);
  };
}

/** The mock of the built package, which finds its description beside it. */
export async function importMock(): Promise<typeof import("../../src/mock.js")> {
  return await import(pathToFileURL("dist/src/mock.js").href);
}
