import { list } from "./list.js";

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    return Response.json(await list(searchParams.get("baseUrl"), searchParams.get("clusterId")));
  },
};
