// A small call, of which the client's own work is the largest share: 2000 of them in a new process, as in a short script.
import { itemsOf, list, lister } from "../data.js";
import { byBareFetch, byKy, byOpenapiFetch, byThisClient, type GetPage, idOf, thisClient, timed } from "../listing.js";
import { type Contender, type Context, defineSuite } from "../suite.js";

const pageSize = 7;
const row = { title: "2000 calls for a page of 7", size: 2000, effort: "fresh" } as const;

function calls(by: (context: Context) => GetPage | Promise<GetPage>): Contender {
  return async (context) => {
    const getPage = await by(context);
    const id = idOf(pageSize);
    return timed(pageSize, async () => itemsOf(await getPage(id, pageSize)).length, context.size);
  };
}

export default defineSuite({
  hasServer: true,
  contenders: {
    "client.GET": calls(byThisClient),
    [`${lister}(…).toArray()`]: async (context) => {
      const client = thisClient(context);
      const id = idOf(pageSize);
      return timed(pageSize, async () => (await list(client, id, { pageSize }).toArray()).length, context.size);
    },
    "openapi-fetch": calls(byOpenapiFetch),
    ky: calls(byKy),
    fetch: calls(byBareFetch),
  },
  rows: [
    { ...row, contender: "client.GET", beside: "fetch", goal: 1.22 },
    { ...row, contender: `${lister}(…).toArray()`, beside: "fetch", goal: 1.28 },
    { ...row, contender: "openapi-fetch", beside: "fetch" },
    { ...row, contender: "ky", beside: "fetch" },
    { ...row, contender: "fetch", beside: "fetch" },
  ],
});
