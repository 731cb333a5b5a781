// How much the heap grows during many calls with one signal, and during a long listing.
import { setTimeout as sleep } from "node:timers/promises";
import { list, path, pathOf } from "../data.js";
import { idOf, thisClient } from "../listing.js";
import { type Context, defineSuite } from "../suite.js";

/** The heap in use, in KiB. An object that a collection finds dead can keep others until its finalizers have run. */
async function heap(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.();
    await sleep(5);
  }
  return process.memoryUsage().heapUsed / 1024;
}

async function* calls(context: Context): AsyncGenerator {
  const client = thisClient(context);
  const { signal } = new AbortController();
  for (;;) yield await client.GET(path, { params: { path: pathOf(idOf(1)) }, signal });
}

/** How much the heap grows from the first tenth of the work to the largest of the others. */
const growth = (work: (context: Context) => AsyncIterable<unknown>) => (context: Context) => async () => {
  const heaps: number[] = [];
  let done = 0;
  for await (const _ of work(context)) {
    if (++done % (context.size / 10) === 0) heaps.push(await heap());
    if (done === context.size) break;
  }
  const [first = 0, ...others] = heaps;
  return Math.max(...others) - first;
};

const row = { unit: "KiB", effort: "once", goal: 1024 } as const;

export default defineSuite({
  hasServer: true,
  contenders: {
    "growth in calls": growth(calls),
    "growth in items": growth((context) => list(thisClient(context), idOf(context.size), { pageSize: 1000 })),
  },
  rows: [
    { ...row, title: "100,000 calls with one signal", size: 100_000, contender: "growth in calls" },
    { ...row, title: "the items of 1,000,000 backups", size: 1_000_000, contender: "growth in items" },
  ],
});
