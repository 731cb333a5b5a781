import type { Backup } from "../../src/index.js";

/** One piece of work. The cluster id tells the server what to serve, so that it keeps no state. */
export interface Job {
  readonly clusterId: string;
  /** How many backups the cluster has. */
  readonly backups: number;
  readonly pageSize: number;
  /** How often to do it. */
  readonly times: number;
  /** How long the consumer works on each page, in milliseconds, in the contenders that work at all. */
  readonly work: number;
}

/** Where to send requests, and with which token: the server refuses a contender that does not send it. */
export interface Target {
  readonly baseUrl: string;
  readonly token: string;
}

/** One way to do a job. It hands every backup to the tally. */
export type Contender = (job: Job, tally: Tally) => Promise<void>;

/** The contenders that share a library, by name. Their modules are loaded only in the processes that run them. */
export type Library = (target: Target) => Readonly<Record<string, Contender>>;

/** What a consumer does at the very least: it looks at each backup. */
export class Tally {
  backups = 0;
  characters = 0;

  add(backup: Pick<Backup, "id">): void {
    this.backups += 1;
    this.characters += backup.id.length;
  }

  /** A contender that lists too little is fast for nothing. */
  check(job: Job): void {
    const expected = job.backups * job.times;
    if (this.backups !== expected || this.characters !== expected * idLength) {
      throw new Error(`${this.backups} backups (${this.characters} characters of id) came instead of ${expected}`);
    }
  }
}

/** How long each backup's id is on the bench's server. */
export const idLength = 28;

/** A backup as the real API gives them. */
export function makeBackup(index: number, clusterId: string): Backup {
  const started = Date.UTC(2026, 0, 1) - index * 86_400_000;
  return {
    id: `c9q8m2k4v7x1n5t3b6h0:${String(5_000_000 - index).padStart(idLength - 21, "0")}`,
    folderId: "b1g7n4d0s5k2w9r6f3j8",
    createdAt: new Date(started + 754_321 + index).toISOString().replace("Z", "482917Z"),
    sourceClusterId: clusterId,
    startedAt: new Date(started).toISOString().replace("Z", "106358Z"),
  };
}

/** `delay` is the server's time for a page, in milliseconds. */
export function job({ backups = 0, delay = 0, pageSize = 1000, times = 1, work = 0 }): Job {
  return { clusterId: `n${backups}d${delay}`, backups, pageSize, times, work };
}

/** Reads what {@link job} has put into a cluster id. */
export function readClusterId(clusterId: string): { backups: number; delay: number } | undefined {
  const [, backups, delay] = /^n(\d+)d(\d+)$/.exec(clusterId) ?? [];
  return backups === undefined ? undefined : { backups: Number(backups), delay: Number(delay) };
}
