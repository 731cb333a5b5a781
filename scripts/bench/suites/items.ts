// The items of a listing, beside a loop with nothing but `fetch`.
import { listBackups } from "../../../src/index.js";
import { byBareFetch, lists, loop, thisClient } from "../listing.js";
import { defineSuite } from "../suite.js";

const pageSize = 1000;
const row = { contender: "items", beside: "a loop over bare fetch", goal: 1.2, effort: "often" } as const;

export default defineSuite({
  server: "listing",
  contenders: {
    items: lists(thisClient, async (client, clusterId) => {
      let seen = 0;
      for await (const { id } of listBackups(client, { clusterId, pageSize })) if (id) seen++;
      return seen;
    }),
    "a loop over bare fetch": lists(byBareFetch, (getPage, clusterId) =>
      loop(getPage, clusterId, pageSize, ({ backups = [] }) => {
        let seen = 0;
        for (const { id } of backups) if (id) seen++;
        return seen;
      }),
    ),
  },
  rows: [
    { ...row, title: "20,000 backups, 1000 a page", size: 20_000 },
    { ...row, title: "100,000 backups, 1000 a page", size: 100_000 },
  ],
});
