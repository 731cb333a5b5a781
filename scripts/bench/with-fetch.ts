import { setTimeout as sleep } from "node:timers/promises";
import type { ListBackupsPage } from "../../src/index.js";
import type { Contender, Job, Library } from "./job.js";
import { overPages } from "./over-pages.js";

/** The reference: what one would write by hand, with nothing but `fetch`. */
export const library: Library = ({ baseUrl, token }) => {
  const headers = { authorization: `Bearer ${token}` };

  async function getPage({ clusterId, pageSize }: Job, pageToken: string | undefined): Promise<ListBackupsPage> {
    const query = pageToken ? `&pageToken=${encodeURIComponent(pageToken)}` : "";
    const path = `/managed-mysql/v1/clusters/${encodeURIComponent(clusterId)}/backups?pageSize=${pageSize}${query}`;
    const response = await fetch(baseUrl + path, { headers });
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return (await response.json()) as ListBackupsPage;
  }

  /** The best that can be done: the next request is on its way before the work begins. */
  const overlap: Contender = async (job, tally) => {
    let next: Promise<ListBackupsPage> | undefined = getPage(job, undefined);
    while (next) {
      const page: ListBackupsPage = await next;
      next = page.nextPageToken ? getPage(job, page.nextPageToken) : undefined;
      for (const backup of page.backups ?? []) tally.add(backup);
      await sleep(job.work);
    }
  };

  return { ...overPages(getPage), overlap };
};
