import type { ManagedMysqlClient } from "./client.js";
import type { Listing } from "./listing.js";
import { type PaginateParams, paginate } from "./paginate.js";
import type { Backup, ListBackupsPage } from "./schema.js";

const path = "/managed-mysql/v1/clusters/{clusterId}/backups";

/** Whose backups to list, and how: the parameters of `listBackups` in the description, and the options of a listing. */
export type ListBackupsParams = PaginateParams<typeof path>;

/**
 * Lists the backups of a cluster.
 *
 * @example
 * for await (const backup of listBackups(client, { clusterId: "c9q8m2k4v7x1n5t3b6h0" })) console.log(backup.id);
 *
 * @throws what {@link paginate} throws, and when it does: during an iteration
 */
export function listBackups(
  client: Pick<ManagedMysqlClient, "GET">,
  params: ListBackupsParams,
): Listing<Backup, ListBackupsPage> {
  return paginate(client, path, "backups", params);
}
