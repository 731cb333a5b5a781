import { compare, type Side } from "../measure.js";
import type { Effort, Report } from "../suites.js";
import { checkTime, completionTime, type Library, writeConsumer } from "./consumer.js";
import { createProject, type Project } from "./project.js";
import { type Command, openapiTypescript, run, thisGenerator, Warm } from "./tools.js";

/** How many list operations the generated descriptions have. */
const sizes = [1, 10, 100, 500];

/** Generation beside openapi-typescript's own command, and what the types cost a compiler and an editor. */
export async function generation({ rounds, divisor }: Effort): Promise<Report[]> {
  const projects = await Promise.all((divisor > 1 ? sizes.slice(0, 2) : sizes).map(createProject));
  const few = Math.ceil(rounds / 4);
  try {
    return [
      await fresh(projects, few, "ms"),
      await fresh(projects, Math.ceil(few / 2), "MB"),
      await warm(projects, few),
      await check(projects, Math.ceil(few / 2)),
      await completion(projects, rounds),
    ];
  } finally {
    await Promise.all(projects.map((project) => project.remove()));
  }
}

async function fresh(projects: readonly Project[], rounds: number, unit: "ms" | "MB"): Promise<Report> {
  const side = (name: string, command: Command): Side => ({
    name,
    sample: async () => (await run(command))[unit === "ms" ? "milliseconds" : "megabytes"],
  });
  const pairs = projects.map((project) => ({
    contender: side(`lint and generate, ${count(project)}`, thisGenerator(project)),
    reference: side("openapi-typescript", openapiTypescript(project)),
    target: unit === "ms" ? { 1: 1, 500: 1.5 }[project.operations] : undefined,
  }));
  const comparisons = await compare(pairs, { rounds, warmUps: unit === "ms" ? 1 : 0, starts: 1 });
  const title = unit === "ms" ? "a fresh process" : "the most that a fresh process holds";
  return { title, unit, rounds, comparisons };
}

async function warm(projects: readonly Project[], rounds: number): Promise<Report> {
  const processes: Warm[] = [];
  const side = (name: string, process: Warm): Side => {
    processes.push(process);
    return { name, sample: () => process.save() };
  };
  const pairs = projects.map((project) => ({
    contender: side(`lint and generate, ${count(project)}`, new Warm(project, "watch")),
    reference: side("openapi-typescript's function", new Warm(project, "function")),
    most: { 1: 300, 500: 1500 }[project.operations],
  }));
  try {
    const comparisons = await compare(pairs, { rounds, warmUps: 3, starts: 1 });
    return { title: "from a save to the written files, in a process that stays", unit: "ms", rounds, comparisons };
  } finally {
    for (const process of processes) process.end();
  }
}

async function check(projects: readonly Project[], rounds: number): Promise<Report> {
  const side = (library: Library, project: Project): Side => {
    const file = writeConsumer(project, library);
    return { name: `${library}, ${count(project)}`, sample: async () => checkTime(project, file) };
  };
  const pairs = projects.map((project) => ({
    contender: side("this client", project),
    reference: side("openapi-fetch", project),
  }));
  const comparisons = await compare(pairs, { rounds, warmUps: 0, starts: 1 });
  return { title: "the compiler's check time for code that lists each operation", unit: "ms", rounds, comparisons };
}

/** Beside itself with one operation: of openapi-fetch's paths an editor completes none any more when there are 500. */
async function completion(projects: readonly Project[], rounds: number): Promise<Report> {
  const sides = projects.map((project): Side => {
    const sample = completionTime(project);
    return { name: count(project), sample: async () => sample() };
  });
  const [reference, ...contenders] = sides as [Side, ...Side[]];
  const pairs = contenders.map((contender) => ({ contender, reference }));
  const comparisons = await compare(pairs, { rounds, warmUps: 3, starts: 1 });
  return { title: "an editor's completion of paginate's path, after a key press", unit: "ms", rounds, comparisons };
}

function count({ operations }: Project): string {
  return `${operations} ${operations === 1 ? "operation" : "operations"}`;
}
