// Sends every request through a proxy.
import { createClient, listBackups } from "managed-mysql-client";
import { ProxyAgent } from "undici";

const dispatcher = new ProxyAgent(process.env["HTTPS_PROXY"] ?? "");
const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"], requestInitExt: { dispatcher } });

const backups = await listBackups(client, { clusterId: process.env["CLUSTER_ID"] ?? "" }).toArray();
console.log(JSON.stringify(backups.map(({ id }) => id)));
await dispatcher.close();
