// A long listing by items, beside the loops that one writes by hand: a new process for each listing.
import { itemsOf, list } from "../data.js";
import { byBareFetch, byKy, type GetPage, idOf, thisClient, timed } from "../listing.js";
import { type Context, defineSuite } from "../suite.js";

const pageSize = 1000;
const row = { title: "100,000 backups, 1000 a page", size: 100_000, effort: "fresh" } as const;

const byHand = (by: (context: Context) => GetPage | Promise<GetPage>) => async (context: Context) => {
  const getPage = await by(context);
  return timed(context.size, async () => {
    let seen = 0;
    let pageToken: string | undefined;
    do {
      const page = await getPage(idOf(context.size), pageSize, pageToken);
      for (const { id } of itemsOf(page)) if (id) seen++;
      pageToken = page.nextPageToken;
    } while (pageToken);
    return seen;
  });
};

export default defineSuite({
  hasServer: true,
  contenders: {
    items: (context) => {
      const client = thisClient(context);
      return timed(context.size, async () => {
        let seen = 0;
        for await (const { id } of list(client, idOf(context.size), { pageSize })) if (id) seen++;
        return seen;
      });
    },
    ky: byHand(byKy),
    fetch: byHand(byBareFetch),
  },
  rows: [
    { ...row, contender: "items", beside: "fetch", goal: 1.28 },
    { ...row, contender: "ky", beside: "fetch" },
  ],
});
