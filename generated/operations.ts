// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { ListBackupsResponse, ListClustersResponse } from "./schemas.js";

/** The description's first server. */
export const server = "https://mdb.api.cloud.yandex.net";

// Values that operations share are written once, so that a further operation costs few bytes in a bundle.
const c1 = {"required":true,"type":"string","maxLength":50} as const;
const c2 = {"type":"integer","minimum":0,"maximum":1000,"default":100} as const;
const c3 = {"type":"string","maxLength":100} as const;
const c4 = {"backups":{"id":"string"}} as const;
const c5 = {"type":"string","maxLength":1000,"pattern":"^ *name *= *\"[a-zA-Z0-9_-]{1,63}\" *$"} as const;
const c6 = {"clusters":{"id":"string"}} as const;

/** Each operation, as far as the client uses it, by method and path. */
export const operations = {
  "GET /managed-mysql/v1/backups": { query: { folderId: c1, pageSize: c2, pageToken: c3 }, items: c4 },
  "GET /managed-mysql/v1/clusters": { query: { folderId: c1, pageSize: c2, pageToken: c3, filter: c5 }, items: c6 },
  "GET /managed-mysql/v1/clusters/{clusterId}/backups": { path: { clusterId: c1 }, query: { pageSize: c2, pageToken: c3 }, items: c4 },
} as const;

/** The schema of the successful response of a GET, by path. */
export interface Responses {
  "/managed-mysql/v1/backups": ListBackupsResponse;
  "/managed-mysql/v1/clusters": ListClustersResponse;
  "/managed-mysql/v1/clusters/{clusterId}/backups": ListBackupsResponse;
}

/** The paths whose GET is deprecated. */
export type DeprecatedPath = never;
