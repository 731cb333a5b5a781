import { setTimeout as sleep } from "node:timers/promises";
import type { Contender, Library } from "./job.js";

// What users run is the built package. Its types come from the source, so that checking them needs no build.
const name: string = "managed-mysql-client";
const { createClient, listBackups } = (await import(name)) as typeof import("../../src/index.js");

export const library: Library = ({ baseUrl, token }) => {
  // With everything on: retries and timeouts, as they are by default, and a function for the token.
  const client = createClient({ baseUrl, token: async () => token });

  const items: Contender = async ({ clusterId, pageSize }, tally) => {
    for await (const backup of listBackups(client, { clusterId, pageSize })) tally.add(backup);
  };

  const pages: Contender = async ({ clusterId, pageSize }, tally) => {
    for await (const page of listBackups(client, { clusterId, pageSize }).pages()) {
      for (const backup of page.backups ?? []) tally.add(backup);
    }
  };

  const toArray: Contender = async ({ clusterId, pageSize }, tally) => {
    for (const backup of await listBackups(client, { clusterId, pageSize }).toArray()) tally.add(backup);
  };

  const firstPage: Contender = async ({ clusterId, pageSize }, tally) => {
    for await (const page of listBackups(client, { clusterId, pageSize }).pages()) {
      for (const backup of page.backups ?? []) tally.add(backup);
      break;
    }
  };

  const call: Contender = async ({ clusterId, pageSize }, tally) => {
    const { data, response } = await client.GET("/managed-mysql/v1/clusters/{clusterId}/backups", {
      params: { path: { clusterId }, query: { pageSize } },
    });
    if (!data) throw new Error(`The server answered ${response.status}`);
    for (const backup of data.backups ?? []) tally.add(backup);
  };

  const working =
    (prefetch: boolean): Contender =>
    async ({ clusterId, pageSize, work }, tally) => {
      for await (const page of listBackups(client, { clusterId, pageSize, prefetch }).pages()) {
        for (const backup of page.backups ?? []) tally.add(backup);
        await sleep(work);
      }
    };

  return { items, pages, toArray, firstPage, call, prefetch: working(true), noPrefetch: working(false) };
};
