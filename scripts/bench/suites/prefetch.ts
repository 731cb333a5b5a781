// A listing whose server and whose consumer take 10 ms a page each, beside the least that both can take together.
import { setTimeout as sleep } from "node:timers/promises";
import { type ListBackupsPage, listBackups } from "../../../src/index.js";
import { byBareFetch, lists, thisClient } from "../listing.js";
import { defineSuite } from "../suite.js";

const [pageSize, delay] = [100, 10];
const row = { title: "50 pages of 10 ms server and 10 ms consumer", size: 50 * pageSize, effort: "seldom" } as const;

async function consume({ backups = [] }: ListBackupsPage): Promise<number> {
  await sleep(delay);
  return backups.length;
}

export default defineSuite({
  server: "listing",
  contenders: {
    "prefetch: true": lists(
      thisClient,
      async (client, clusterId) => {
        let seen = 0;
        const listing = listBackups(client, { clusterId, pageSize, prefetch: true });
        for await (const page of listing.pages()) seen += await consume(page);
        return seen;
      },
      delay,
    ),
    /** The next request is on its way before the consumer begins. */
    "the ideal": lists(
      byBareFetch,
      async (getPage, clusterId) => {
        let seen = 0;
        let next: Promise<ListBackupsPage> | undefined = getPage(clusterId, pageSize);
        while (next) {
          const page: ListBackupsPage = await next;
          next = page.nextPageToken ? getPage(clusterId, pageSize, page.nextPageToken) : undefined;
          seen += await consume(page);
        }
        return seen;
      },
      delay,
    ),
  },
  rows: [{ ...row, contender: "prefetch: true", beside: "the ideal", goal: 1.05 }],
});
