// The memory that a client keeps, of many calls with one signal, and of a long listing.
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { list, path, pathOf } from "../data.js";
import { idOf, thisClient } from "../listing.js";
import { type Contender, defineSuite } from "../suite.js";

const pageSize = 1000;

/** The memory in use, in KiB. An object that a collection finds dead can keep others until its finalizers have run. */
async function memory(kind: "heapUsed" | "rss"): Promise<number> {
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.();
    await sleep(5);
  }
  return process.memoryUsage()[kind] / 1024;
}

/** The growth of a figure over so many calls with one signal. The calls before them fill caches and pools. */
function growth(figure: (signal: AbortSignal) => number | Promise<number>): Contender {
  return (context) => {
    const client = thisClient(context);
    const { signal } = new AbortController();
    const figureAfter = async (calls: number): Promise<number> => {
      const params = { path: pathOf(idOf(1)) };
      for (let done = 0; done < calls; done++) await client.GET(path, { params, signal });
      return await figure(signal);
    };
    return async () => {
      const before = await figureAfter(context.size / 5);
      return (await figureAfter(context.size)) - before;
    };
  };
}

/** A figure from the heap in use at ten places of a listing whose items are iterated. */
function listing(figure: (heaps: readonly number[]) => number): Contender {
  return (context) => {
    const client = thisClient(context);
    const id = idOf(context.size);
    return async () => {
      const heaps: number[] = [];
      let seen = 0;
      for await (const _ of list(client, id, { pageSize })) {
        if (++seen % (context.size / 10) === 0) heaps.push(await memory("heapUsed"));
      }
      return figure(heaps);
    };
  };
}

const calls = { title: "100,000 calls with one signal", size: 100_000, unit: "KiB", effort: "once" } as const;
const items = { title: "the items of 1,000,000 backups", size: 1_000_000, unit: "KiB", effort: "once" } as const;

export default defineSuite({
  hasServer: true,
  contenders: {
    "left on it": growth((signal) => getEventListeners(signal, "abort").length),
    "growth of the heap": growth(() => memory("heapUsed")),
    "growth of the process": growth(() => memory("rss")),
    "peak of the heap": listing((heaps) => Math.max(...heaps)),
    "peak above the first tenth": listing(([first = 0, ...heaps]) => Math.max(...heaps) - first),
  },
  rows: [
    { ...calls, contender: "left on it", goal: 0, unit: "listeners" },
    { ...calls, contender: "growth of the heap", goal: 1024 },
    { ...calls, contender: "growth of the process", goal: 16_384 },
    { ...items, contender: "peak of the heap" },
    { ...items, contender: "peak above the first tenth", goal: 1024 },
  ],
});
