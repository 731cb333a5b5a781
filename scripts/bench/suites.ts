import { imports, sizes } from "./footprint.js";
import { generation } from "./generate/suite.js";
import { generateClients } from "./generated-clients.js";
import { type Job, job } from "./job.js";
import { type Comparison, compare, type Pair, type Side } from "./measure.js";
import { mock } from "./mock-suite.js";
import type { ContenderName, Lab, Worker } from "./processes.js";

/** How much to measure. */
export interface Effort {
  readonly rounds: number;
  /** Divides the sizes of the jobs: 1, unless only the bench itself is tried. */
  readonly divisor: number;
}

export interface Report {
  readonly title: string;
  readonly unit: "ms" | "MB" | "bytes";
  readonly rounds: number;
  readonly comparisons: readonly Comparison[];
}

/** Into how many slices a round of the timed suites is cut. */
const slices = 5;

/** Another suite is another entry. */
export const suites: Readonly<Record<string, (lab: Lab, effort: Effort) => Promise<Report | Report[]>>> = {
  // Both take slices of their work by turns: the shorter a slice is, the less the machine's mood changes within a round.
  async listing(lab, effort) {
    const { divisor } = effort;
    const rounds = effort.rounds * slices;
    const work = job({ backups: 100_000 / slices / divisor });
    const warmUp = job({ backups: warmUpPages(divisor) * 10, pageSize: 10 });
    await generateClients();
    const comparisons = await race(lab, { work, warmUp, rounds }, [
      ["fetch: loop", "fetch: loop"], // what chance alone does
      ["openapi-fetch: loop", "fetch: loop"],
      ["openapi-fetch: generator", "fetch: loop"],
      ["this client: items", "fetch: loop", 1.1],
      ["this client: pages", "openapi-fetch: loop", 1.03],
      ["this client: toArray", "openapi-fetch: array", 1.03],
      ["redocly client: loop", "fetch: loop"],
      ["hey-api: loop", "fetch: loop"],
    ]);
    return { title: `${english(work.backups)} backups in pages of 1000`, unit: "ms", rounds, comparisons };
  },

  async call(lab, effort) {
    const { divisor } = effort;
    const rounds = effort.rounds * slices;
    const work = job({ backups: 10, pageSize: 10, times: 500 / slices / divisor });
    const warmUp = { ...work, times: warmUpPages(divisor) };
    await generateClients();
    const comparisons = await race(lab, { work, warmUp, rounds }, [
      ["openapi-fetch: call", "fetch: call"],
      ["this client: call", "fetch: call", 1.25],
      ["this client: call", "openapi-fetch: call", 1.12],
      ["this client: toArray", "fetch: call"],
      ["this client: toArray", "openapi-fetch: call"],
      ["redocly client: call", "fetch: call"],
      ["hey-api: call", "fetch: call"],
    ]);
    return { title: `${english(work.times)} calls, each for a page of 10 backups`, unit: "ms", rounds, comparisons };
  },

  async first(lab, effort) {
    const { divisor } = effort;
    const rounds = effort.rounds * slices;
    const work = job({ backups: 1000, times: Math.ceil(100 / slices / divisor) });
    const warmUp = job({ backups: 10, pageSize: 10, times: warmUpPages(divisor) });
    await generateClients();
    const comparisons = await race(lab, { work, warmUp, rounds }, [
      ["openapi-fetch: call", "fetch: call"],
      ["this client: firstPage", "fetch: call", 1.05],
      ["redocly client: call", "fetch: call"],
      ["hey-api: call", "fetch: call"],
    ]);
    return {
      title: `the first page of a listing, of 1000 backups, ${work.times} times`,
      unit: "ms",
      rounds,
      comparisons,
    };
  },

  async prefetch(lab, effort) {
    const rounds = Math.ceil(effort.rounds / 5);
    const pages = Math.max(5, 50 / effort.divisor);
    const work = job({ backups: pages * 100, pageSize: 100, delay: 10, work: 10 });
    const warmUp = job({ backups: warmUpPages(effort.divisor) * 10, pageSize: 10 });
    const comparisons = await race(lab, { work, warmUp, rounds }, [
      ["this client: prefetch", "fetch: overlap", 1.05],
      ["this client: noPrefetch", "fetch: overlap"],
    ]);
    return { title: `${pages} pages, each 10 ms of server and 10 ms of work`, unit: "ms", rounds, comparisons };
  },

  async size() {
    const { "openapi-fetch": reference, ...others } = await sizes();
    const pairs = Object.values(others).map((contender): Pair => ({ contender, reference: reference ?? contender }));
    const comparisons = await compare(pairs, { rounds: 1, warmUps: 0, starts: 1 });
    return { title: "createClient and listBackups, minified and gzipped", unit: "bytes", rounds: 1, comparisons };
  },

  async import(_lab, { rounds }) {
    const { "an empty module": reference, ...others } = await imports();
    const pairs = Object.values(others).map((contender): Pair => ({ contender, reference: reference ?? contender }));
    const comparisons = await compare(pairs, { rounds, warmUps: 1, starts: 1 });
    return { title: "importing a client in a fresh process", unit: "ms", rounds, comparisons };
  },

  async memory(lab, effort) {
    const rounds = Math.ceil(effort.rounds / 5);
    const [some, many] = [100_000 / effort.divisor, 1_000_000 / effort.divisor];
    const ours = (backups: number): Side => peakMemory(lab, "this client: items", backups);
    const plain = (backups: number): Side => peakMemory(lab, "openapi-fetch: loop", backups);
    const [oursSome, oursMany, plainSome, plainMany] = [ours(some), ours(many), plain(some), plain(many)];
    const pairs: Pair[] = [
      { contender: ours(0), reference: plain(0) }, // Node.js, tsx and the libraries
      { contender: oursSome, reference: plainSome },
      { contender: oursMany, reference: plainMany, target: 1.1 },
      { contender: oursMany, reference: oursSome },
      { contender: plainMany, reference: plainSome },
    ];
    const comparisons = await compare(pairs, { rounds, warmUps: 0, starts: 1 });
    return { title: "the most that a fresh process holds, in pages of 1000", unit: "MB", rounds, comparisons };
  },

  generate: (_, effort) => generation(effort),
  mock,
};

/**
 * Times pairs on the same work. Each pair has two processes of its own: one reference that served several contenders
 * would be warmer than any of them. They are started anew a few times, because two processes of one program can differ
 * by a tenth for as long as they live.
 */
async function race(
  lab: Lab,
  { work, warmUp, rounds }: { work: Job; warmUp: Job; rounds: number },
  entries: readonly (readonly [contender: ContenderName, reference: ContenderName, target?: number])[],
): Promise<Comparison[]> {
  const workers = new Map<Side, Worker>();
  const timed = (name: ContenderName): Side => {
    const side: Side = {
      name,
      async sample() {
        const worker = workers.get(side);
        if (!worker) throw new Error(`${name} was not started`);
        return (await worker.run(work)).milliseconds;
      },
      async restart() {
        workers.get(side)?.end();
        const worker = await lab.startWorker(name);
        workers.set(side, worker);
        await worker.run(warmUp);
      },
    };
    return side;
  };
  const pairs = entries.map(([contender, reference, target]): Pair => {
    return { contender: timed(contender), reference: timed(reference), target };
  });
  const comparisons = await compare(pairs, { rounds, warmUps: 1, starts: 5 });
  for (const worker of workers.values()) worker.end();
  return comparisons;
}

/** It takes a thousand requests and more until `fetch` is as fast as it gets. */
function warmUpPages(divisor: number): number {
  return 1000 / divisor;
}

function peakMemory(lab: Lab, name: ContenderName, backups: number): Side {
  return {
    name: `${name}, ${english(backups)}`,
    async sample() {
      const worker = await lab.startWorker(name);
      const { megabytes } = await worker.run(job({ backups }));
      worker.end();
      return megabytes;
    },
  };
}

function english(count: number): string {
  return count.toLocaleString("en");
}
