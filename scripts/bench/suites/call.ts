// A small call, of which the client's own work is the largest share: 2000 of them in a new process, as in a short script.
import { listBackups } from "../../../src/index.js";
import {
  byBareFetch,
  byKy,
  byOpenapiFetch,
  byThisClient,
  clusterOf,
  type GetPage,
  thisClient,
  timed,
} from "../listing.js";
import { type Contender, type Context, defineSuite } from "../suite.js";

const pageSize = 7;
const row = { title: "2000 calls for a page of 7", size: 2000, effort: "fresh" } as const;

function calls(by: (context: Context) => GetPage | Promise<GetPage>): Contender {
  return async (context) => {
    const getPage = await by(context);
    const clusterId = clusterOf(pageSize);
    return timed(pageSize, async () => (await getPage(clusterId, pageSize)).backups?.length, context.size);
  };
}

export default defineSuite({
  server: "listing",
  contenders: {
    "client.GET": calls(byThisClient),
    "listBackups(…).toArray()": calls((context) => {
      const client = thisClient(context);
      return async (clusterId, pageSize) => ({
        backups: await listBackups(client, { clusterId, pageSize }).toArray(),
      });
    }),
    "openapi-fetch": calls(byOpenapiFetch),
    ky: calls(byKy),
    fetch: calls(byBareFetch),
  },
  rows: [
    { ...row, contender: "client.GET", beside: "fetch", goal: 1.22 },
    { ...row, contender: "listBackups(…).toArray()", beside: "fetch", goal: 1.28 },
    { ...row, contender: "openapi-fetch", beside: "fetch" },
    { ...row, contender: "ky", beside: "fetch" },
    { ...row, contender: "fetch", beside: "fetch" },
  ],
});
