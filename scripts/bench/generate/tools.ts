import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Project } from "./project.js";

/** A command that generates types. */
export interface Command {
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export function thisGenerator({ root }: Project): Command {
  return { script: path.join(root, "scripts/generate.js"), args: [], cwd: root };
}

/** It would read our redocly.yaml, and so it runs where there is none. */
export function openapiTypescript({ spec, elsewhere }: Project): Command {
  const script = path.resolve("node_modules/openapi-typescript/bin/cli.js");
  return { script, args: [spec, "--output", "openapi.ts"], cwd: elsewhere };
}

/** Runs a command in a fresh process. */
export async function run({ script, args, cwd }: Command): Promise<{ milliseconds: number; megabytes: number }> {
  const start = performance.now();
  const hook = new URL("peak-memory.js", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", hook, script, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let problem = "";
  let peak = "";
  child.stderr?.on("data", (text) => (problem += text));
  child.stdio[3]?.on("data", (text) => (peak += text));
  const [status] = await once(child, "close");
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(`${script} has failed: ${problem}`);
  return { milliseconds, megabytes: Number(peak) };
}

/** A process that generates anew after each save of its description. */
export class Warm {
  readonly #spec: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;
  readonly #ready: Promise<void>;
  #maximum = 1000;

  /** @param kind this generator's watcher, or openapi-typescript's function */
  constructor({ root, spec, elsewhere }: Project, kind: "watch" | "function") {
    if (kind === "watch") {
      this.#spec = spec;
      const script = path.join(root, "scripts/generate.js");
      this.#child = fork(script, ["--watch"], { cwd: root, silent: true, execArgv: [] });
    } else {
      this.#spec = path.join(elsewhere, "openapi.yaml"); // its own: a watcher would wake up otherwise
      copyFileSync(spec, this.#spec);
      this.#child = fork(fileURLToPath(new URL("function.ts", import.meta.url)), [], { cwd: elsewhere, silent: true });
    }
    this.#child.stdout?.setEncoding("utf8").setMaxListeners(0);
    this.#ended = once(this.#child, "exit").then(() => {
      throw new Error(`A generator has ended: ${this.#child.spawnargs.join(" ")}`);
    });
    this.#ended.catch(() => {});
    this.#ready = this.#says(/wrote|up to date/);
  }

  /** How long it takes from a save to the written files, in milliseconds. */
  async save(): Promise<number> {
    await this.#ready;
    const text = await readFile(this.#spec, "utf8");
    this.#maximum = this.#maximum === 1000 ? 999 : 1000;
    const start = performance.now();
    const done = this.#says(/wrote/);
    await writeFile(this.#spec, text.replace(/"maximum": \d+/, `"maximum": ${this.#maximum}`));
    this.#child.send("saved"); // the watcher sees it by itself
    await done;
    return performance.now() - start;
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }

  #says(what: RegExp): Promise<void> {
    const said = new Promise<void>((resolve) => {
      const listen = (text: string): void => {
        if (!what.test(text)) return;
        this.#child.stdout?.off("data", listen);
        resolve();
      };
      this.#child.stdout?.on("data", listen);
    });
    return Promise.race([said, this.#ended]);
  }
}
