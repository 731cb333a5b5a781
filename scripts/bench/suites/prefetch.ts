// A listing whose server and whose consumer take 10 ms a page each, beside the least that both can take together.
import { setTimeout as sleep } from "node:timers/promises";
import { itemsOf, list, type Page } from "../data.js";
import { byBareFetch, lists, thisClient } from "../listing.js";
import { defineSuite } from "../suite.js";

const [pageSize, delay] = [100, 10];
const row = { title: "50 pages of 10 ms server and 10 ms consumer", size: 50 * pageSize, effort: "seldom" } as const;

async function consume(page: Page): Promise<number> {
  await sleep(delay);
  return itemsOf(page).length;
}

export default defineSuite({
  server: "listing",
  contenders: {
    "prefetch: true": lists(
      thisClient,
      async (client, id) => {
        let seen = 0;
        const listing = list(client, id, { pageSize, prefetch: true });
        for await (const page of listing.pages()) seen += await consume(page);
        return seen;
      },
      delay,
    ),
    /** The next request is on its way before the consumer begins. */
    "the ideal": lists(
      byBareFetch,
      async (getPage, id) => {
        let seen = 0;
        let next: Promise<Page> | undefined = getPage(id, pageSize);
        while (next) {
          const page: Page = await next;
          next = page.nextPageToken ? getPage(id, pageSize, page.nextPageToken) : undefined;
          seen += await consume(page);
        }
        return seen;
      },
      delay,
    ),
  },
  rows: [{ ...row, contender: "prefetch: true", beside: "the ideal", goal: 1.05 }],
});
