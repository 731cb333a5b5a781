// Serves listings of any length from prepared bytes: it must cost little beside the clients that are measured.
import { createServer } from "node:http";
import { itemsKey, makeItem, path } from "./data.js";

const items = Array.from({ length: 1000 }, (_, index) => JSON.stringify(makeItem(index)));
const listed = new RegExp(`^${path.replace(/\{\w+\}/, "n(\\d+)")}$`);
/** The start of a page's body, by the number of items on it. */
const bodies = new Map<number, Buffer>();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  // See idOf. A path, or a token, that is not as expected ends this process, and so the bench.
  const [, all] = listed.exec(pathname)?.map(Number) ?? [];
  if (request.headers.authorization !== "Bearer t1.bench" || all === undefined) throw new Error(`Refused: ${pathname}`);

  const offset = Number(searchParams.get("pageToken")?.replace("after:", "") ?? 0);
  const size = Math.min(Number(searchParams.get("pageSize") ?? 100), all - offset);
  const start = bodies.get(size) ?? Buffer.from(`{"${itemsKey}":[${items.slice(0, size)}]`);
  bodies.set(size, start);
  const rest = offset + size < all ? `,"nextPageToken":"after:${offset + size}"}` : "}";
  response.writeHead(200, { "content-type": "application/json", "content-length": start.length + rest.length });
  response.cork(); // one write for both
  response.write(start);
  response.end(rest);
});

// A contender waits while the other runs. Were its connection closed meanwhile, a request could run into that.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(`http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});
process.on("disconnect", () => process.exit());
