import type { ListBackupsPage } from "../../src/index.js";
import { type GeneratedClient, moduleOf } from "./generated-clients.js";
import type { Library } from "./job.js";
import { type GetPage, overPages } from "./over-pages.js";

/** As much of Redocly's generated client as is used here. */
interface RedoclyModule {
  readonly client: { configure(config: object): void };
  listBackups(args: object): Promise<ListBackupsPage>;
}

/** As much of hey-api's generated client as is used here. */
interface HeyApiModule {
  readonly client: { setConfig(config: object): void };
  listBackups(options: object): Promise<{ data: ListBackupsPage }>;
}

/** A generated client with retries, as far as it has any, and a function for the token, in a loop over the pages. */
export async function load(name: GeneratedClient): Promise<{ library: Library }> {
  const module: unknown = await import(moduleOf(name).href);
  const library: Library = ({ baseUrl, token }) => {
    const getPage: GetPage =
      name === "hey-api"
        ? withHeyApi(module as HeyApiModule, baseUrl, token)
        : withRedocly(module as RedoclyModule, baseUrl, token);

    return overPages(getPage);
  };
  return { library };
}

function withRedocly({ client, listBackups }: RedoclyModule, serverUrl: string, token: string): GetPage {
  client.configure({ serverUrl, auth: { bearer: async () => token }, retry: { retries: 3 }, timeout: 60_000 });
  return ({ clusterId, pageSize }, pageToken) =>
    listBackups({ path: { clusterId }, query: { pageSize, ...(pageToken && { pageToken }) } });
}

function withHeyApi({ client, listBackups }: HeyApiModule, baseUrl: string, token: string): GetPage {
  client.setConfig({ baseUrl, auth: async () => token, throwOnError: true });
  return async ({ clusterId, pageSize }, pageToken) => {
    const query = { pageSize, ...(pageToken && { pageToken }) };
    return (await listBackups({ path: { clusterId }, query })).data;
  };
}
