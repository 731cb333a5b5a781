// A small call, of which the client's own work is the largest share.
import { byBareFetch, byOpenapiFetch, byThisClient, clusterOf, type GetPage, timed } from "../listing.js";
import { type Contender, type Context, defineSuite } from "../suite.js";

const pageSize = 10;
const row = { title: "a call for a page of 10", size: 100, effort: "often" } as const;

function calls(by: (context: Context) => GetPage): Contender {
  return (context) => {
    const getPage = by(context);
    const clusterId = clusterOf(pageSize);
    return timed(pageSize, async () => (await getPage(clusterId, pageSize)).backups?.length, context.size);
  };
}

export default defineSuite({
  server: "listing",
  contenders: {
    "client.GET": calls(byThisClient),
    "openapi-fetch": calls(byOpenapiFetch),
    "bare fetch": calls(byBareFetch),
  },
  rows: [
    { ...row, contender: "client.GET", beside: "openapi-fetch", goal: 1.15 },
    { ...row, contender: "client.GET", beside: "bare fetch" },
    { ...row, contender: "openapi-fetch", beside: "bare fetch" },
    { ...row, contender: "bare fetch", beside: "bare fetch", title: "chance: the same beside itself" },
  ],
});
