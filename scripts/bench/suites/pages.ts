// The pages of a long listing, beside the loop that one would write over the same client.
import { type ListBackupsPage, listBackups } from "../../../src/index.js";
import { byThisClient, lists, loop, thisClient } from "../listing.js";
import { defineSuite } from "../suite.js";

const pageSize = 100;
const count = ({ backups = [] }: ListBackupsPage): number => backups.length;
const row = { title: "10,000 backups, 100 a page", size: 10_000, effort: "often" } as const;

export default defineSuite({
  server: "listing",
  contenders: {
    "pages()": lists(thisClient, async (client, clusterId) => {
      let seen = 0;
      for await (const page of listBackups(client, { clusterId, pageSize }).pages()) seen += count(page);
      return seen;
    }),
    "a loop over client.GET": lists(byThisClient, (getPage, clusterId) => loop(getPage, clusterId, pageSize, count)),
  },
  rows: [{ ...row, contender: "pages()", beside: "a loop over client.GET", goal: 1.05 }],
});
