// The clients that are compared, and what they list.
import createPlainClient from "openapi-fetch";
import { type Backup, createClient, type ListBackupsPage, type paths } from "../../src/index.js";
import type { Contender, Context, Sample } from "./suite.js";

const token = "t1.bench";
const path = "/managed-mysql/v1/clusters/{clusterId}/backups";

/** A backup as the real API gives them. */
export function makeBackup(index: number): Backup {
  const started = Date.UTC(2026, 0, 1) - index * 86_400_000;
  return {
    id: `c9q8m2k4v7x1n5t3b6h0:${5_000_000 - index}`,
    folderId: "b1g7n4d0s5k2w9r6f3j8",
    createdAt: new Date(started + 754_321 + index).toISOString().replace("Z", "482917Z"),
    sourceClusterId: "c9q8m2k4v7x1n5t3b6h0",
    startedAt: new Date(started).toISOString().replace("Z", "106358Z"),
  };
}

/** The id of a cluster with so many backups. The server, which keeps no state, takes `delay` milliseconds for a page. */
export function clusterOf(backups: number, delay = 0): string {
  return `n${backups}d${delay}`;
}

/** This client with everything on: retries and timeouts, as they are by default, and a function for the token. */
export function thisClient({ baseUrl }: Context) {
  return createClient({ baseUrl, token: async () => token });
}

type Params = paths[typeof path]["get"]["parameters"];

/** Gets one page by some library, as its user would write it. */
export type GetPage = (clusterId: string, pageSize: number, pageToken?: string) => Promise<ListBackupsPage>;

export function byThisClient(context: Context): GetPage {
  const client = thisClient(context);
  return byGet((params) => client.GET(path, { params }));
}

export function byOpenapiFetch({ baseUrl }: Context): GetPage {
  const client = createPlainClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
  return byGet((params) => client.GET(path, { params }));
}

function byGet(get: (params: Params) => Promise<{ data?: ListBackupsPage; error?: unknown }>): GetPage {
  return async (clusterId, pageSize, pageToken) => {
    const query = pageToken ? { pageSize, pageToken } : { pageSize };
    const { data, error } = await get({ path: { clusterId }, query });
    if (!data) throw error;
    return data;
  };
}

/** What is used of ky, which is installed beside the compiled bench. */
interface Ky {
  create(options: object): { get(path: string, options: object): { json(): Promise<ListBackupsPage> } };
}

/** With as many attempts and as long a timeout as this client has. Its timeout does not limit the body. */
export async function byKy({ baseUrl }: Context): Promise<GetPage> {
  const specifier = "ky";
  const { default: ky }: { default: Ky } = await import(specifier);
  const headers = { authorization: `Bearer ${token}` };
  const client = ky.create({ prefixUrl: baseUrl, headers, timeout: 60_000, retry: { limit: 3 } });
  return async (clusterId, pageSize, pageToken) => {
    const searchParams = pageToken ? { pageSize, pageToken } : { pageSize };
    return await client.get(path.slice(1).replace("{clusterId}", clusterId), { searchParams }).json();
  };
}

export function byBareFetch({ baseUrl }: Context): GetPage {
  const headers = { authorization: `Bearer ${token}` };
  return async (clusterId, pageSize, pageToken) => {
    const query = pageToken ? `&pageToken=${encodeURIComponent(pageToken)}` : "";
    const filled = path.replace("{clusterId}", encodeURIComponent(clusterId));
    const response = await fetch(`${baseUrl}${filled}?pageSize=${pageSize}${query}`, { headers });
    if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
    return (await response.json()) as ListBackupsPage;
  };
}

/** The loop that one writes by hand. It adds up what `count` gives for each page. */
export async function loop(
  getPage: GetPage,
  clusterId: string,
  pageSize: number,
  count: (page: ListBackupsPage) => number,
): Promise<number> {
  let sum = 0;
  let pageToken: string | undefined;
  do {
    const page = await getPage(clusterId, pageSize, pageToken);
    sum += count(page);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return sum;
}

/** A contender that lists all backups of a cluster, as many as the size of the row, and counts them. */
export function lists<Client>(
  open: (context: Context) => Client | Promise<Client>,
  list: (client: Client, clusterId: string) => Promise<number>,
  delay = 0,
): Contender {
  return async (context) => {
    const client = await open(context);
    const clusterId = clusterOf(context.size, delay);
    return timed(context.size, () => list(client, clusterId));
  };
}

/** Samples the time of a run, in milliseconds. A run that lists too little would be fast for nothing. */
export function timed(expected: number, run: () => Promise<number | undefined>, times = 1): Sample {
  return async () => {
    const start = performance.now();
    for (let done = 0; done < times; done++) {
      const seen = await run();
      if (seen !== expected) throw new Error(`${expected} backups were expected, but ${seen} came.`);
    }
    return (performance.now() - start) / times;
  };
}
