import { exchange } from "./exchange.js";
import { list } from "./list.js";

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/exchange")
      return Response.json(await exchange(await request.json(), searchParams.get("endpoint")));
    return Response.json(await list(searchParams.get("baseUrl"), searchParams.get("clusterId")));
  },
};
