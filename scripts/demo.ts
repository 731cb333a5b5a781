// Lists backups through the client, page by page: those of the mock server, or of a real cluster or folder.
import { parseArgs } from "node:util";
import { fromEnvironment } from "../src/iam.js";
import {
  type Backup,
  createClient,
  type Listing,
  listBackups,
  listClusters,
  listFolderBackups,
  type ManagedMysqlClient,
} from "../src/index.js";
import { endpointUrl } from "./endpoint-url.js";
import { runScript } from "./run-script.js";

const usage = `Usage: npm start                                             list the mock server's backups
       npm start -- --folder                                 list its clusters, and the backups of all of them
       npm start -- CLUSTER_ID [--endpoint URL]              list a cluster's backups
       npm start -- --folder FOLDER_ID [--endpoint URL]      list a folder's clusters and backups

A real cluster or folder needs credentials: YC_TOKEN, YC_SERVICE_ACCOUNT_KEY_FILE, or the service account of a virtual machine.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { endpoint: { type: "string" }, folder: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [id, ...rest] = positionals;
  if (rest.length > 0 || (values.endpoint !== undefined && id === undefined)) throw new Error(usage);
  const list = values.folder ? listFolder : listCluster;
  if (id !== undefined) {
    const baseUrl = endpointUrl(values.endpoint);
    return await list(createClient({ token: fromEnvironment(), baseUrl }), id);
  }

  const { startMockServer } = await import("../src/mock.js");
  const mock = await startMockServer();
  try {
    console.log(`The mock server listens on ${mock.url}\n`);
    const mockId = values.folder ? "b1g4d7f0s2j5l8p3r6w9" : "c9q8m2k4v7x1n5t3b6h0";
    await list(createClient({ token: "any", baseUrl: mock.url }), mockId);
  } finally {
    await mock.close();
  }
}

async function listCluster(client: ManagedMysqlClient, clusterId: string): Promise<void> {
  await printBackups(listBackups(client, { clusterId }));
}

async function listFolder(client: ManagedMysqlClient, folderId: string): Promise<void> {
  console.log(row("ID", "CREATED", "STATUS", "NAME"));
  let clusters = 0;
  for await (const cluster of listClusters(client, { folderId })) {
    clusters += 1;
    console.log(row(cluster.id, utc(cluster.createdAt), cluster.status ?? "", cluster.name ?? ""));
  }
  console.log(`\n${count(clusters, "cluster")}\n`);
  await printBackups(listFolderBackups(client, { folderId }));
}

async function printBackups(listing: Listing<Backup, { backups?: Backup[] }>): Promise<void> {
  let backups = 0;
  let pages = 0;
  for await (const page of listing.pages()) {
    if (pages === 0) console.log(row("ID", "STARTED", "TOOK", "FOLDER"));
    pages += 1;
    for (const backup of page.backups ?? []) {
      backups += 1;
      console.log(row(backup.id, utc(backup.startedAt), took(backup), backup.folderId ?? ""));
    }
  }
  console.log(`\n${count(backups, "backup")} in ${count(pages, "page")}`);
}

function row(...[id, time, state, rest]: [string, string, string, string]): string {
  return [id.padEnd(26), time.padEnd(20), state.padEnd(10), rest].join(" ").trimEnd();
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A time in UTC, from any offset. */
function utc(time: string | undefined): string {
  return time === undefined ? "" : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** How long a backup took: `createdAt` is when it was completed. */
function took({ startedAt, createdAt }: Backup): string {
  if (startedAt === undefined) return "";
  if (createdAt === undefined) return "running";
  const seconds = Math.round((Date.parse(createdAt) - Date.parse(startedAt)) / 1000);
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
}

await runScript(main);
