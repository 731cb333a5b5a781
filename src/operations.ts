// The operations of the description that page: a line each, and all of them public. The types, the limits and the text
// of their parameters come from the description.
import { lister, type Page, type PaginateParams } from "./paginate.js";

/**
 * Lists the backups of a cluster.
 *
 * @example
 * for await (const backup of listBackups(client, { clusterId: "c9q8m2k4v7x1n5t3b6h0" })) console.log(backup.id);
 *
 * @throws as {@link paginate} does, during an iteration
 */
export const listBackups = /* @__PURE__ */ lister("/managed-mysql/v1/clusters/{clusterId}/backups", "backups");

/** Whose backups to list, and how: the parameters of `listBackups` in the description, and the options of a listing. */
export type ListBackupsParams = PaginateParams<"/managed-mysql/v1/clusters/{clusterId}/backups">;

/** One page of a listing of backups. */
export type ListBackupsPage = Page<"/managed-mysql/v1/clusters/{clusterId}/backups">;

/** Lists the backups of all clusters of a folder. It throws as {@link listBackups} does. */
export const listFolderBackups = /* @__PURE__ */ lister("/managed-mysql/v1/backups", "backups");

/** Lists the clusters of a folder. It throws as {@link listBackups} does. */
export const listClusters = /* @__PURE__ */ lister("/managed-mysql/v1/clusters", "clusters");
