// Starts the processes of the bench: a server on one CPU, and contenders that call it on another.
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { Running } from "./measure.js";
import { compiled, type Suite } from "./suite.js";

/**
 * Compiles the programs of the processes, so that no loader is measured, and installs ky beside them, which is not a
 * dependency of this package.
 */
export async function compile(): Promise<void> {
  await mkdir(compiled, { recursive: true });
  await writeFile(
    path.join(compiled, "package.json"),
    JSON.stringify({ private: true, dependencies: { ky: "1.14.3" } }),
  );
  spawnSync("npm", ["install", "--silent"], { cwd: compiled, stdio: "inherit", shell: process.platform === "win32" });
  await build({
    entryPoints: ["worker.ts", "server.ts", "suites/*.ts"].map((file) => `scripts/bench/${file}`),
    outdir: compiled,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
}

/** Starts a contender, and the server that it calls unless that runs already. */
export async function startContender(name: string, suite: Suite, contender: string, size: number): Promise<Running> {
  const cpus = suite.hasServer ? twoCpus() : undefined;
  if (suite.hasServer) serverUrl ??= startServer(cpus?.server);
  const baseUrl = (await serverUrl) ?? "";
  const { child, next, end } = launch("worker", [name, contender, baseUrl, String(size)], cpus?.contender);
  await next();
  const sample = async (): Promise<number> => {
    child.send("sample");
    return Number(await next());
  };
  return { sample, end };
}

let serverUrl: Promise<string> | undefined;

/** Starts the server, and returns its address. */
async function startServer(cpu?: number): Promise<string> {
  return String(await launch("server", [], cpu).next());
}

/** Runs a compiled program. It ends when this process does, because it sees that it is disconnected. */
function launch(program: string, args: readonly string[], cpu: number | undefined) {
  const node = [process.execPath, "--expose-gc"] as const;
  const [execPath, ...execArgv] = cpu === undefined ? node : (["taskset", "-c", String(cpu), ...node] as const);
  const child = fork(path.join(compiled, `${program}.mjs`), args, { execPath, execArgv });
  const exit = once(child, "exit");
  const failure = exit.then(() => Promise.reject(new Error(`A process has ended: ${[program, ...args].join(" ")}`)));
  failure.catch(() => {}); // after end(), it is expected
  return {
    child,
    /** The next message from it. */
    next: async (): Promise<unknown> => (await Promise.race([once(child, "message"), failure]))[0],
    async end(): Promise<void> {
      child.disconnect();
      await exit;
    },
  };
}

/**
 * The first CPU and the last are the least likely to be halves of one core. Undefined where processes cannot be pinned.
 */
function twoCpus(): { server: number; contender: number } | undefined {
  const { status, stdout } = spawnSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" });
  const cpus = status === 0 ? (stdout.split(":").at(-1)?.match(/\d+/g) ?? []) : [];
  return cpus.length < 2 ? undefined : { server: Number(cpus.at(0)), contender: Number(cpus.at(-1)) };
}
