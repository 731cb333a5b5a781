// A long listing by items, beside the loops that one writes by hand: a new process for each listing.
import { itemsOf, list, type Page } from "../data.js";
import { byBareFetch, byKy, type GetPage, lists, loop, thisClient } from "../listing.js";
import { type Context, defineSuite } from "../suite.js";

const pageSize = 1000;
const row = { title: "100,000 backups, 1000 a page", size: 100_000, effort: "fresh" } as const;

function count(page: Page): number {
  let seen = 0;
  for (const { id } of itemsOf(page)) if (id) seen++;
  return seen;
}

const byHand = (by: (context: Context) => GetPage | Promise<GetPage>) =>
  lists(by, (getPage, id) => loop(getPage, id, pageSize, count));

export default defineSuite({
  hasServer: true,
  contenders: {
    items: lists(thisClient, async (client, id) => {
      let seen = 0;
      for await (const item of list(client, id, { pageSize })) if (item.id) seen++;
      return seen;
    }),
    ky: byHand(byKy),
    fetch: byHand(byBareFetch),
  },
  rows: [
    { ...row, contender: "items", beside: "fetch", goal: 1.28 },
    { ...row, contender: "ky", beside: "fetch" },
  ],
});
