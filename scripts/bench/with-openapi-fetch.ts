import createClient from "openapi-fetch";
import type { Backup, ListBackupsPage, paths } from "../../src/index.js";
import type { Contender, Job, Library } from "./job.js";
import { overPages } from "./over-pages.js";

/** The library that this client is built on, used as its documentation shows. */
export const library: Library = ({ baseUrl, token }) => {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

  async function getPage({ clusterId, pageSize }: Job, pageToken: string | undefined): Promise<ListBackupsPage> {
    const query = pageToken ? { pageSize, pageToken } : { pageSize };
    const { data, response } = await client.GET("/managed-mysql/v1/clusters/{clusterId}/backups", {
      params: { path: { clusterId }, query },
    });
    if (!data) throw new Error(`The server answered ${response.status}`);
    return data;
  }

  async function* generate(job: Job): AsyncGenerator<Backup> {
    let pageToken: string | undefined;
    do {
      const page = await getPage(job, pageToken);
      for (const backup of page.backups ?? []) yield backup;
      pageToken = page.nextPageToken;
    } while (pageToken);
  }

  const array: Contender = async (job, tally) => {
    const backups: Backup[] = [];
    let pageToken: string | undefined;
    do {
      const page = await getPage(job, pageToken);
      for (const backup of page.backups ?? []) backups.push(backup);
      pageToken = page.nextPageToken;
    } while (pageToken);
    for (const backup of backups) tally.add(backup);
  };

  const generator: Contender = async (job, tally) => {
    for await (const backup of generate(job)) tally.add(backup);
  };

  return { ...overPages(getPage), array, generator };
};
