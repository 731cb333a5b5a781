// The clients that are compared, and their listings.
import createPlainClient from "openapi-fetch";
import { createClient, type paths } from "../../src/index.js";
import { type Page, path, pathOf } from "./data.js";
import type { Context, Sample } from "./suite.js";

const token = "t1.bench";

/** The id of a cluster with so many items: the server reads it, and keeps no state. */
export function idOf(items: number): string {
  return `n${items}`;
}

/** This client with everything on: retries and timeouts, as they are by default, and a function for the token. */
export function thisClient({ baseUrl }: Context) {
  return createClient({ baseUrl, token: async () => token });
}

type Params = paths[typeof path]["get"]["parameters"];

/** Gets one page by some library, as its user would write it. */
export type GetPage = (id: string, pageSize: number, pageToken?: string) => Promise<Page>;

export function byThisClient(context: Context): GetPage {
  const client = thisClient(context);
  return byGet((params) => client.GET(path, { params }));
}

export function byOpenapiFetch({ baseUrl }: Context): GetPage {
  const client = createPlainClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
  return byGet((params) => client.GET(path, { params }));
}

function byGet(get: (params: Params) => Promise<{ data?: Page; error?: unknown }>): GetPage {
  return async (id, pageSize, pageToken) => {
    const query = pageToken ? { pageSize, pageToken } : { pageSize };
    const { data, error } = await get({ path: pathOf(id), query });
    if (!data) throw error;
    return data;
  };
}

/** The part of ky that is used. It is installed beside the compiled bench. */
interface Ky {
  create(options: object): { get(path: string, options: object): { json(): Promise<Page> } };
}

/** With as many attempts and as long a timeout as this client has. Its timeout does not limit the body. */
export async function byKy({ baseUrl }: Context): Promise<GetPage> {
  const specifier = "ky";
  const { default: ky }: { default: Ky } = await import(specifier);
  const headers = { authorization: `Bearer ${token}` };
  const client = ky.create({ prefixUrl: baseUrl, headers, timeout: 60_000, retry: { limit: 3 } });
  return async (id, pageSize, pageToken) => {
    const searchParams = pageToken ? { pageSize, pageToken } : { pageSize };
    return await client.get(path.slice(1).replace(/\{\w+\}/, id), { searchParams }).json();
  };
}

export function byBareFetch({ baseUrl }: Context): GetPage {
  const headers = { authorization: `Bearer ${token}` };
  return async (id, pageSize, pageToken) => {
    const query = pageToken ? `&pageToken=${encodeURIComponent(pageToken)}` : "";
    const filled = path.replace(/\{\w+\}/, encodeURIComponent(id));
    const response = await fetch(`${baseUrl}${filled}?pageSize=${pageSize}${query}`, { headers });
    if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
    return (await response.json()) as Page;
  };
}

/** Samples the time of a run, in milliseconds. A run that lists fewer items fails, because it would be too fast. */
export function timed(expected: number, run: () => Promise<number | undefined>, times = 1): Sample {
  return async () => {
    const start = performance.now();
    for (let done = 0; done < times; done++) {
      const seen = await run();
      if (seen !== expected) throw new Error(`${expected} items were expected, but ${seen} came.`);
    }
    return (performance.now() - start) / times;
  };
}
