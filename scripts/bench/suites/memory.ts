// What a client holds on to: of many calls with one signal, and of a long listing.
import { getEventListeners } from "node:events";
import { listBackups } from "../../../src/index.js";
import { clusterOf, thisClient } from "../listing.js";
import { type Contender, defineSuite } from "../suite.js";

const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
const pageSize = 1000;

/** What lives in memory, in KiB. */
function memory(kind: "heapUsed" | "rss"): number {
  globalThis.gc?.();
  return process.memoryUsage()[kind] / 1024;
}

/** The growth of a figure over so many calls with one signal. The calls before them fill caches and pools. */
function growth(figure: (signal: AbortSignal) => number): Contender {
  return (context) => {
    const client = thisClient(context);
    const { signal } = new AbortController();
    const figureAfter = async (calls: number): Promise<number> => {
      const params = { path: { clusterId: clusterOf(1) } };
      for (let done = 0; done < calls; done++) await client.GET(path, { params, signal });
      return figure(signal);
    };
    return async () => -(await figureAfter(context.size / 2)) + (await figureAfter(context.size));
  };
}

/** The most that lives on the heap while items are iterated, seen at every tenth page. */
function peak(share: number): Contender {
  return (context) => {
    const client = thisClient(context);
    const clusterId = clusterOf(context.size * share);
    return async () => {
      let [most, seen] = [0, 0];
      for await (const _ of listBackups(client, { clusterId, pageSize })) {
        if (seen++ % (10 * pageSize) === 0) most = Math.max(most, memory("heapUsed"));
      }
      return most;
    };
  };
}

const calls = { title: "100,000 calls with one signal", size: 100_000, unit: "KiB", effort: "once" } as const;
const items = { title: "the heap at its peak", size: 1_000_000, unit: "KiB", effort: "once" } as const;

export default defineSuite({
  server: "listing",
  contenders: {
    "left on it": growth((signal) => getEventListeners(signal, "abort").length),
    "growth of the heap": growth(() => memory("heapUsed")),
    "growth of the process": growth(() => memory("rss")),
    "1,000,000 backups": peak(1),
    "20,000 backups": peak(1 / 50),
  },
  rows: [
    { ...calls, contender: "left on it", goal: 0, unit: "listeners" },
    { ...calls, contender: "growth of the heap", goal: 256 },
    { ...calls, contender: "growth of the process", goal: 16_384 },
    { ...items, contender: "1,000,000 backups", beside: "20,000 backups", goal: 1.1 },
  ],
});
