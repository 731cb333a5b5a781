import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Job, job } from "./job.js";
import { compare, type Side } from "./measure.js";
import type { ContenderName, Lab, Worker } from "./processes.js";
import type { Effort, Report } from "./suites.js";

const pageSize = 100;

/** How fast the mock server answers beside bare Prism, and how long it takes to start. */
export async function mock(lab: Lab, { rounds: effort, divisor }: Effort): Promise<Report> {
  const rounds = Math.ceil(effort / 2);
  const pages = 1000 / divisor;
  const listing = job({ backups: pages * pageSize, pageSize });
  const calls = job({ backups: pageSize, pageSize, times: pages });
  const comparisons = await compare(
    [
      // At least 70 % of Prism's rate is at most 1 / 0.7 of its time.
      {
        contender: serving(lab, "mock", "fetch: loop", listing),
        reference: serving(lab, "prism", "fetch: call", calls),
        target: 1 / 0.7,
      },
      { contender: starting("cold"), reference: limit(2500), target: 1 },
      { contender: starting("second"), reference: limit(100), target: 1 },
    ],
    { rounds, warmUps: 1, starts: 2 },
  );
  return {
    title: `${pages} pages of ${pageSize} backups, and two starts in one process`,
    unit: "ms",
    rounds,
    comparisons,
  };
}

/** The time for a job on one of the servers of mock-server.ts. */
function serving(lab: Lab, kind: "mock" | "prism", contender: ContenderName, work: Job): Side {
  let server: { url: string; end(): void } | undefined;
  let worker: Worker | undefined;
  return {
    name: kind === "mock" ? "the mock" : "bare Prism",
    async sample() {
      if (!worker) throw new Error(`The server ${kind} was not started`);
      return (await worker.run(work)).milliseconds;
    },
    async restart() {
      worker?.end();
      server?.end();
      server = await lab.startServer("mock-server.ts", [kind, work.clusterId, String(work.backups)]);
      worker = await lab.startWorker(contender, server.url);
    },
  };
}

/** The time until a server listens: from the start of its process, or of a second server in that process. */
function starting(which: "cold" | "second"): Side {
  const code = `
    const { startMockServer } = await import("managed-mysql-client/mock");
    await startMockServer({ backups: 2500 });
    const cold = performance.now(); // counts from the start of the process
    await startMockServer({ backups: 2500 });
    console.log(JSON.stringify({ cold, second: performance.now() - cold }));`;
  return {
    name: `the mock's ${which} start`,
    async sample() {
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
      return (JSON.parse(stdout) as Record<typeof which, number>)[which];
    },
  };
}

function limit(milliseconds: number): Side {
  return { name: "its limit", sample: async () => milliseconds };
}
