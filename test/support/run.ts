import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import jiti from "jiti/package.json" with { type: "json" };
import { onTestFinished } from "vitest";

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that is still running, with its output so far. */
export interface Running {
  readonly child: ChildProcess;
  /** Signals the process and those that it started, as a terminal does. */
  readonly signalGroup: (signal: NodeJS.Signals) => void;
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Run>;
}

/** Starts a command in a folder; should the test fail, it is killed. */
export function start(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; stdio?: StdioOptions } = {},
): Running {
  const child = spawn(command, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: options.stdio ?? "pipe",
    shell: process.platform === "win32" && command === "npm",
    detached: process.platform !== "win32", // a process group of its own
  });
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return; // it did not start, and group 0 is our own
    try {
      process.kill(-child.pid, signal);
    } catch {
      child.kill(signal); // no such group: it has ended, or this is Windows
    }
  };
  onTestFinished(() => signalGroup("SIGKILL"));
  return {
    child,
    signalGroup,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    ended: once(child, "close").then(([status]) => ({ status, ...output })),
  };
}

const loader = fileURLToPath(new URL(jiti.bin.jiti, import.meta.resolve("jiti/package.json")));

/** Starts one of the project's scripts, as npm's scripts do. */
export function startScript(
  file: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Running {
  return start(process.execPath, [...(file.endsWith(".ts") ? [loader] : []), file, ...args], options);
}

/** Runs one of the project's scripts to its end. */
export function runScript(
  file: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  return startScript(file, args, options).ended;
}

const refuseNetwork = `
import dns from "node:dns";
import net from "node:net";
const refuse = (name) => { process.stderr.write("network: " + name); process.exit(99); };
net.Socket.prototype.connect = () => refuse("connect");
dns.lookup = dns.promises.lookup = () => refuse("lookup");
`;

/** The environment of a process that ends with an error as soon as it connects or looks a name up. */
export const closedNetwork: NodeJS.ProcessEnv = { NODE_OPTIONS: importing(refuseNetwork) };

/** An option of Node.js with which a process runs this code first. */
export function importing(code: string): string {
  return `--import data:text/javascript,${encodeURIComponent(code)}`;
}
