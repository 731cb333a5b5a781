// Sets the W3C trace context of each call; all its attempts have the same.
import { randomBytes } from "node:crypto";
import { createClient, listBackups } from "managed-mysql-client";

const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"], retry: { minDelay: 0 } });
const traceId = randomBytes(16).toString("hex");
client.use({
  onRequest({ request }) {
    request.headers.set("traceparent", `00-${traceId}-${randomBytes(8).toString("hex")}-01`);
  },
});

const backups = await listBackups(client, { clusterId: process.env["CLUSTER_ID"] ?? "" }).toArray();
console.log(JSON.stringify(backups.map(({ id }) => id)));
