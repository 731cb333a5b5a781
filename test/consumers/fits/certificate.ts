// Trusts a certificate authority of one's own.
import { readFile } from "node:fs/promises";
import { createClient, listBackups } from "managed-mysql-client";
import { Agent } from "undici";

const dispatcher = new Agent({ connect: { ca: await readFile("ca.pem") } });
const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"], requestInitExt: { dispatcher } });

const backups = await listBackups(client, { clusterId: process.env["CLUSTER_ID"] ?? "" }).toArray();
console.log(JSON.stringify(backups.map(({ id }) => id)));
await dispatcher.close();
