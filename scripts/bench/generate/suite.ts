import { compare, type Pair, type Side } from "../measure.js";
import type { Effort, Report } from "../suites.js";
import { checkTime, completionTime, type Library, writeConsumer } from "./consumer.js";
import { createProject, type Project } from "./project.js";
import { openapiTypescript, run, thisGenerator, Warm } from "./tools.js";

/** How many list operations the generated descriptions have. */
const sizes = [1, 10, 100, 500];

/** Generation beside openapi-typescript's own command, and what the types cost a compiler and an editor. */
export async function generation({ rounds, divisor }: Effort): Promise<Report[]> {
  const some = divisor > 1 ? sizes.slice(0, 2) : sizes;
  const projects = await Promise.all(some.map(createProject));
  const largest = projects.at(-1) as Project;
  const warm: Warm[] = [];
  try {
    const few = Math.ceil(rounds / 4);
    const cold = await compare(
      projects.map((project) => ({
        contender: {
          name: `lint and generate, ${count(project)}`,
          sample: async () => (await run(thisGenerator(project))).milliseconds,
        },
        reference: {
          name: "openapi-typescript",
          sample: async () => (await run(openapiTypescript(project))).milliseconds,
        },
        target: { 1: 1, 500: 1.5 }[project.operations],
      })),
      { rounds: few, warmUps: 1, starts: 1 },
    );
    const memory = await compare(
      projects.map((project) => ({
        contender: {
          name: `lint and generate, ${count(project)}`,
          sample: async () => (await run(thisGenerator(project))).megabytes,
        },
        reference: {
          name: "openapi-typescript",
          sample: async () => (await run(openapiTypescript(project))).megabytes,
        },
      })),
      { rounds: few, warmUps: 0, starts: 1 },
    );
    const save = (project: Project, kind: "watch" | "function", name: string): Side => {
      const one = new Warm(project, kind);
      warm.push(one);
      return { name, sample: () => one.save() };
    };
    const warmPairs = projects.map(
      (project): Pair => ({
        contender: save(project, "watch", `from save to files, ${count(project)}`),
        reference: save(project, "function", "openapi-typescript, its function"),
        most: { 1: 300, 500: 1500 }[project.operations],
      }),
    );
    const saves = await compare(warmPairs, { rounds, warmUps: 3, starts: 1 });
    for (const one of warm) one.end();

    const checked = (library: Library): Side => {
      const file = writeConsumer(largest, library);
      return { name: `${library}, ${count(largest)}`, sample: async () => checkTime(largest, file) };
    };
    const completed = (library: Library): Side => {
      const time = completionTime(largest, library);
      return { name: `${library}, ${count(largest)}`, sample: async () => time() };
    };
    const check = await compare([{ contender: checked("this client"), reference: checked("openapi-fetch") }], {
      rounds: few,
      warmUps: 0,
      starts: 1,
    });
    const completion = await compare([{ contender: completed("this client"), reference: completed("openapi-fetch") }], {
      rounds,
      warmUps: 1,
      starts: 1,
    });
    return [
      { title: "a fresh process", unit: "ms", rounds: few, comparisons: cold },
      { title: "the most that a fresh process holds", unit: "MB", rounds: few, comparisons: memory },
      { title: "a process that is running", unit: "ms", rounds, comparisons: saves },
      {
        title: "the compiler's check time of code that lists each operation",
        unit: "ms",
        rounds: few,
        comparisons: check,
      },
      { title: "an editor's completion of a path, after a key press", unit: "ms", rounds, comparisons: completion },
    ];
  } finally {
    for (const one of warm) one.end();
    await Promise.all(projects.map((project) => project.remove()));
  }
}

function count({ operations }: Project): string {
  return `${operations} ${operations === 1 ? "operation" : "operations"}`;
}
