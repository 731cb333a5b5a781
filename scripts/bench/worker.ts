// Runs one contender, in a process that it shares with no other, whenever the parent sends a job.
import { readFileSync } from "node:fs";
import { type Job, type Library, Tally } from "./job.js";
import type { ContenderName, Measured } from "./processes.js";

const libraries: Record<string, () => Promise<{ library: Library }>> = {
  fetch: () => import("./with-fetch.js"),
  "openapi-fetch": () => import("./with-openapi-fetch.js"),
  "this client": () => import("./with-this-client.js"),
  "redocly client": async () => (await import("./with-generated-client.js")).load("redocly client"),
  "hey-api": async () => (await import("./with-generated-client.js")).load("hey-api"),
};

const [name, baseUrl = "", token = ""] = process.argv.slice(2);
const [libraryName = "", way = ""] = (name as ContenderName).split(": ");
const contender = (await libraries[libraryName]?.())?.library({ baseUrl, token })[way] ?? unknownContender();

async function measure(job: Job): Promise<Measured> {
  const tally = new Tally();
  const start = performance.now();
  for (let count = 0; count < job.times; count++) await contender(job, tally);
  const milliseconds = performance.now() - start;
  tally.check(job);
  return { milliseconds, megabytes: peakMemory() };
}

function unknownContender(): never {
  throw new Error(`There is no contender ${name}`);
}

/**
 * The most memory that this process has held. On Linux `resourceUsage().maxRSS` will not do: a process starts with what its
 * parent held when it was forked, so that a big parent hides a small child.
 */
function peakMemory(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
}

process.on("message", async (job: Job) => {
  const answer = await measure(job).catch((error: unknown) => ({ error: `${name}: ${String(error)}` }));
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
