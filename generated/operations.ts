// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type { ListBackupsResponse, ListClustersResponse } from "./schemas.js";

/** The description's first server. */
export const server = "https://mdb.api.cloud.yandex.net";

/** What the description says of each operation's parameters, by method and path. */
export const operations = {
  "GET /managed-mysql/v1/backups": {
    "folderId": {
      "in": "query",
      "required": true,
      "type": "string",
      "maxLength": 50
    },
    "pageSize": {
      "in": "query",
      "type": "integer",
      "minimum": 0,
      "maximum": 1000,
      "default": 100
    },
    "pageToken": {
      "in": "query",
      "type": "string",
      "maxLength": 100
    }
  },
  "GET /managed-mysql/v1/clusters": {
    "folderId": {
      "in": "query",
      "required": true,
      "type": "string",
      "maxLength": 50
    },
    "pageSize": {
      "in": "query",
      "type": "integer",
      "minimum": 0,
      "maximum": 1000,
      "default": 100
    },
    "pageToken": {
      "in": "query",
      "type": "string",
      "maxLength": 100
    },
    "filter": {
      "in": "query",
      "type": "string",
      "maxLength": 1000
    }
  },
  "GET /managed-mysql/v1/clusters/{clusterId}/backups": {
    "clusterId": {
      "in": "path",
      "required": true,
      "type": "string",
      "maxLength": 50
    },
    "pageSize": {
      "in": "query",
      "type": "integer",
      "minimum": 0,
      "maximum": 1000,
      "default": 100
    },
    "pageToken": {
      "in": "query",
      "type": "string",
      "maxLength": 100
    }
  }
} as const;

/** The schema of what a GET answers with 200, by path. */
export interface Answers {
  "/managed-mysql/v1/backups": ListBackupsResponse;
  "/managed-mysql/v1/clusters": ListClustersResponse;
  "/managed-mysql/v1/clusters/{clusterId}/backups": ListBackupsResponse;
}
