import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job } from "./job.js";

/** A library, and a way to use it: see worker.ts. */
export type ContenderName = `${string}: ${string}`;

export interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
}

export interface Worker {
  run(job: Job): Promise<Measured>;
  end(): void;
}

/** The server, and the workers that call it. */
export interface Lab {
  /** Whether the server has a CPU to itself, and the workers another. */
  readonly pinned: boolean;
  /** @param baseUrl the server to call, if not the bench's own */
  startWorker(name: ContenderName, baseUrl?: string): Promise<Worker>;
  /** Starts another server, on the CPU of the first. */
  startServer(file: string, args: string[]): Promise<{ url: string; end(): void }>;
  end(): void;
}

type Answer = Measured | { readonly ready: unknown } | { readonly error: string };

const children = new Set<ChildProcess>();

function endAll(): void {
  for (const child of children) child.kill("SIGKILL");
}

// Nothing is left behind after an error or a signal. Nor when this process is killed: its children end when it disconnects.
process.on("exit", endAll);
for (const [signal, number] of [["SIGINT", 2] as const, ["SIGTERM", 15] as const]) {
  process.on(signal, () => process.exit(128 + number));
}

export async function startLab(): Promise<Lab> {
  const token = "t1.bench";
  const cpus = findCpus();
  const startServer: Lab["startServer"] = async (file, args) => {
    const { child, answer } = await start(file, args, cpus?.server);
    return { url: `http://127.0.0.1:${(answer as { ready: number }).ready}`, end: () => child.kill("SIGKILL") };
  };
  const { url } = await startServer("server.ts", [token]);
  return {
    pinned: cpus !== undefined,
    startServer,
    async startWorker(name, baseUrl = url) {
      const { child } = await start("worker.ts", [name, baseUrl, token], cpus?.worker);
      return {
        async run(job) {
          child.send(job);
          return (await answerOf(child)) as Measured;
        },
        end: () => child.kill("SIGKILL"),
      };
    },
    end: endAll,
  };
}

/** Starts a program of this directory, in the way in which this one was started, and waits until it is ready. */
async function start(
  file: string,
  args: string[],
  cpu: number | undefined,
): Promise<{ child: ChildProcess; answer: Answer }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args);
  children.add(child);
  child.once("exit", () => children.delete(child));
  const answer = await answerOf(child);
  // Only now, so that many can start at once on all CPUs.
  if (cpu !== undefined) taskset("-acp", String(cpu), String(child.pid));
  return { child, answer };
}

function answerOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`A process of the bench ended: ${child.spawnargs.slice(1).join(" ")}`));
    child.once("exit", onExit);
    child.once("message", (answer: Answer) => {
      child.off("exit", onExit);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer);
    });
  });
}

/** Two CPUs that processes can be pinned to. The first and the last are the least likely to be halves of one core. */
function findCpus(): { server: number; worker: number } | undefined {
  const pid = String(process.pid);
  const list = taskset("-cp", pid)?.split(":").at(-1)?.trim() ?? "";
  const cpus = list.match(/\d+/g)?.map(Number) ?? [];
  const [server, worker] = [cpus.at(0), cpus.at(-1)];
  if (server === undefined || worker === undefined || server === worker) return undefined;
  // Pinning this process to where it is already shows whether pinning is allowed.
  return taskset("-cp", list, pid) === undefined ? undefined : { server, worker };
}

/** Undefined when it fails, as it does where there is no such command. */
function taskset(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("taskset", args, { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}
