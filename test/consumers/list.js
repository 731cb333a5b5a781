// What every run time and every bundler is given: it lists all backups of a cluster.
import { createClient, listBackups } from "managed-mysql-client";

export async function list(baseUrl, clusterId) {
  const client = createClient({ token: async () => "any", baseUrl });
  const ids = [];
  for await (const { id } of listBackups(client, { clusterId, prefetch: true })) ids.push(id);
  return ids;
}
