// Lists backups through the client, page by page: those of the mock server, or of a real cluster.
import { parseArgs } from "node:util";
import { type Backup, type ClientOptions, createClient, listBackups } from "../src/index.js";

const usage = `Usage: npm start                                             list the mock server's backups
       YC_TOKEN=… npm start -- CLUSTER_ID [--endpoint URL]   list a cluster's backups`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { endpoint: { type: "string" } }, allowPositionals: true });
  const [clusterId, ...rest] = positionals;
  if (rest.length > 0 || (values.endpoint !== undefined && clusterId === undefined)) throw new Error(usage);
  if (clusterId !== undefined) {
    const token = process.env["YC_TOKEN"];
    if (!token) throw new Error(`Set YC_TOKEN to an IAM token to list a real cluster.\n${usage}`);
    return await list({ token, baseUrl: endpointUrl(values.endpoint ?? process.env["YC_ENDPOINT"]) }, clusterId);
  }

  const { startMockServer } = await import("../src/mock.js");
  const mock = await startMockServer();
  try {
    console.log(`The mock server listens on ${mock.url}\n`);
    await list({ token: "any", baseUrl: mock.url }, "c9q8m2k4v7x1n5t3b6h0");
  } finally {
    await mock.close();
  }
}

async function list(options: ClientOptions, clusterId: string): Promise<void> {
  const client = createClient(options);
  let backups = 0;
  let pages = 0;
  for await (const page of listBackups(client, { clusterId }).pages()) {
    if (pages === 0) console.log(row("ID", "STARTED", "TOOK", "FOLDER"));
    pages += 1;
    for (const backup of page.backups ?? []) {
      backups += 1;
      console.log(row(backup.id, started(backup), took(backup), backup.folderId ?? ""));
    }
  }
  console.log(`\n${backups} backups in ${pages} ${pages === 1 ? "page" : "pages"}`);
}

function row(...[id, started, duration, folder]: [string, string, string, string]): string {
  return [id.padEnd(26), started.padEnd(20), duration.padEnd(10), folder].join(" ").trimEnd();
}

/** In UTC, whatever offset the server writes. */
function started({ startedAt }: Backup): string {
  return startedAt === undefined ? "" : `${new Date(startedAt).toISOString().slice(0, 19)}Z`;
}

/** How long a backup took: `createdAt` is when it was completed. */
function took({ startedAt, createdAt }: Backup): string {
  if (startedAt === undefined) return "";
  if (createdAt === undefined) return "running";
  const seconds = Math.round((Date.parse(createdAt) - Date.parse(startedAt)) / 1000);
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/** The provider's own tools take YC_ENDPOINT as `host:port`, without a scheme. */
function endpointUrl(endpoint: string | undefined): string | undefined {
  return endpoint && !/^https?:/.test(endpoint) ? `https://${endpoint}` : endpoint || undefined;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
