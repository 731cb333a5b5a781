// Options that a framework or a run time adds to fetch reach it, from a client as from a call, through every attempt.
import { expect, test } from "vitest";
import { createClient, listBackups } from "../src/index.js";
import { clusterId, params, path } from "./support/description.js";

/** Options as Next.js and undici declare them. */
interface Options extends Pick<RequestInit, "cache"> {
  next?: { revalidate: number; tags: string[] };
  dispatcher?: object;
}

test.each(["client", "call"])("options of a framework reach each attempt from a %s", async (from) => {
  const seen: Options[] = [];
  const fetch = async (request: Request & Options) => {
    const { next, cache, dispatcher } = request;
    seen.push({ cache, ...(next && { next }), ...(dispatcher && { dispatcher }) });
    return seen.length === 1 ? new Response(null, { status: 503, headers: { "retry-after": "0" } }) : Response.json({});
  };
  const options: Options = { cache: "no-store", next: { revalidate: 60, tags: ["a"] }, dispatcher: {} };
  const client = createClient({ token: "t", fetch, ...(from === "client" && options) });
  await client.GET(path, { params, ...(from === "call" && options) });
  expect(seen).toEqual([options, options]);
  if (from === "call") return;
  await listBackups(client, { clusterId }).toArray();
  expect(seen[2]).toEqual(options);
});

test("requestInitExt is the second argument of each fetch, from the client or from the call", async () => {
  const seen: unknown[] = [];
  const fetch = async (_request: Request, init?: RequestInit) => Response.json({ seen: seen.push(init) });
  const requestInitExt = { dispatcher: {}, verbose: true };
  const client = createClient({ fetch, requestInitExt });
  await client.GET(path, { params });
  await client.GET(path, { params, fetch });
  expect(seen).toEqual([requestInitExt, requestInitExt]);
});

test.each([{ next: { revalidate: 60, tags: [] } }, { cache: "force-cache" } as const])(
  "a request with %j has the same headers each time, because a cache compares them",
  async (options: Options) => {
    const seen: unknown[] = [];
    const fetch = async ({ headers }: Request) => Response.json({ seen: seen.push([...headers]) });
    const client = createClient({ token: "t", fetch });
    await client.GET(path, { params, ...options });
    await client.GET(path, { params, ...options });
    expect(seen[1]).toEqual(seen[0]);
    await client.GET(path, { params, ...options, headers: { "x-client-request-id": "mine" } });
    expect(seen[2]).toContainEqual(["x-client-request-id", "mine"]);
  },
);
