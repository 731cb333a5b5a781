// The items that the bench lists. This is its only file that knows the API.
import {
  type Backup,
  type createClient,
  type ListBackupsPage,
  listBackups,
  type PagingOptions,
} from "../../src/index.js";

export type Page = ListBackupsPage;

/** The function that lists, by its name in the package. */
export const lister = "listBackups";
export const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
export const itemsKey = "backups";
export const pathOf = (id: string) => ({ clusterId: id });

export function list(
  client: ReturnType<typeof createClient>,
  id: string,
  options: PagingOptions & { pageSize: number },
) {
  return listBackups(client, { clusterId: id, ...options });
}

export function itemsOf({ backups = [] }: Page): Backup[] {
  return backups;
}

/** An item as the real API gives them. */
export function makeItem(index: number): Backup {
  const started = Date.UTC(2026, 0, 1) - index * 86_400_000;
  return {
    id: `c9q8m2k4v7x1n5t3b6h0:${5_000_000 - index}`,
    folderId: "b1g7n4d0s5k2w9r6f3j8",
    createdAt: new Date(started + 754_321 + index).toISOString().replace("Z", "482917Z"),
    sourceClusterId: "c9q8m2k4v7x1n5t3b6h0",
    startedAt: new Date(started).toISOString().replace("Z", "106358Z"),
  };
}
