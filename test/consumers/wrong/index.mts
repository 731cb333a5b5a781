import { createClient, listBackups, paginate } from "managed-mysql-client";

const client = createClient({ token: "any" });
const clusterId = "c9q8m2k4v7x1n5t3b6h0";

listBackups(client, { clusterid: clusterId });
listBackups(client, { clusterId, pageSize: "50" });
paginate(client, "/managed-mysql/v1/clusters/{clusterId}/backups", "backup", { clusterId });
for await (const backup of listBackups(client, { clusterId })) console.log(backup.size.length, backup.nam);
createClient({ tokens: "any" });
