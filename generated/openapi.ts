// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** Any other string: the server can add values to an enum. */
type OtherString = string;
export interface paths {
    "/managed-mysql/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of a folder
         * @description Returns one page of the backups of all clusters in one folder; the newest come first in the examples here. One
         *     listing replaces a call of `listBackups` for each cluster.
         *
         *     Send the first request without a `pageToken`, then follow `nextPageToken` until a response has
         *     none. Repeating a request with the same token is safe: it changes nothing on the server.
         *
         *     The caller needs the role `managed-mysql.viewer` on the folder.
         */
        get: operations["listFolderBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/managed-mysql/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the clusters of a folder
         * @description Returns one page of the clusters in one folder. The `id` of a cluster is the `clusterId` of `listBackups`.
         *
         *     Send the first request without a `pageToken`, then follow `nextPageToken` until a response has
         *     none. Repeating a request with the same token is safe: it changes nothing on the server.
         *
         *     The caller needs the role `managed-mysql.viewer` on the folder.
         */
        get: operations["listClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/managed-mysql/v1/clusters/{clusterId}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of a cluster
         * @description Returns one page of the backups that belong to one cluster; the newest come first in the examples here.
         *
         *     Send the first request without a `pageToken`, then follow `nextPageToken` until a response has
         *     none. Repeating a request with the same token is safe: it changes nothing on the server.
         *
         *     The caller needs the role `managed-mysql.viewer` on the folder of the cluster.
         */
        get: operations["listBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description How the backup came about: by the schedule (`AUTOMATED`) or by a request (`MANUAL`). */
        BackupType: ("BACKUP_CREATION_TYPE_UNSPECIFIED" | "AUTOMATED" | "MANUAL") | OtherString;
        /** @description Whether the backup is complete (`DONE`) or still being made (`CREATING`). */
        BackupStatus: ("BACKUP_STATUS_UNSPECIFIED" | "DONE" | "CREATING") | OtherString;
        /** @description A backup of a cluster. The time that it took is `createdAt` less `startedAt`. */
        Backup: {
            /** @description The id of the backup, unique in the service. It looks like `<cluster id>:<number>`. */
            id: string;
            /** @description The id of the folder that the backup belongs to. */
            folderId?: string;
            /**
             * Format: date-time
             * @description When the backup was completed, as RFC 3339 text with up to nine fractional digits. It can be missing while the backup is still being made.
             */
            createdAt?: string;
            /** @description The id of the cluster that was backed up. */
            sourceClusterId?: string;
            /**
             * Format: date-time
             * @description When the backup was started, as RFC 3339 text with up to nine fractional digits.
             */
            startedAt?: string;
            /**
             * Format: int64
             * @description How much the backup takes up, in bytes, as a decimal string.
             */
            size?: string;
            /**
             * Format: int64
             * @description How much the binary logs kept with the backup take up, in bytes, as a decimal string.
             */
            journalSize?: string;
            /** @description How the backup came about: by the schedule (`AUTOMATED`) or by a request (`MANUAL`). */
            type?: components["schemas"]["BackupType"];
            /** @description Whether the backup is complete (`DONE`) or still being made (`CREATING`). */
            status?: components["schemas"]["BackupStatus"];
        };
        /** @description One page of a listing of backups. */
        ListBackupsResponse: {
            /** @description The backups on this page. Left out when there are none. */
            backups?: components["schemas"]["Backup"][];
            /** @description The `pageToken` of the request for the next page. When it is left out, or empty, this page is the last of the listing. */
            nextPageToken?: string;
        };
        /** @description One detail of a failure. Which further fields it has depends on its type: a `google.rpc.RequestInfo`, for one, has a `requestId` to quote to the provider's support. */
        StatusDetail: {
            /** @description The type of the detail, as a URL that ends in the name of a protobuf message. */
            "@type": string;
        } & {
            [key: string]: unknown;
        };
        /** @description An error, as `google.rpc.Status` in JSON. Each field can be missing, and a gateway in front of the API can respond with another body, or none. */
        Status: {
            /**
             * Format: int32
             * @description The gRPC code of the failure, for example 5 for "not found". It is not the HTTP status.
             */
            code?: number;
            /** @description The reason, in English, for a developer to read. */
            message?: string;
            /** @description More about the failure, for a program to read. */
            details?: components["schemas"]["StatusDetail"][];
        };
        /** @description How careful the provider is with new versions: `PRODUCTION` gets the tried ones, `PRESTABLE` the new ones first. */
        ClusterEnvironment: ("ENVIRONMENT_UNSPECIFIED" | "PRODUCTION" | "PRESTABLE") | OtherString;
        /** @description A page where a cluster can be watched. */
        ClusterMonitoring: {
            /** @description The name of the monitoring system. */
            name?: string;
            /** @description The content of the page. */
            description?: string;
            /** @description The address of the page. */
            link?: string;
        };
        /** @description How the hosts of the cluster are, together: all well (`ALIVE`), none (`DEAD`), or in between (`DEGRADED`). */
        ClusterHealth: ("HEALTH_UNKNOWN" | "ALIVE" | "DEAD" | "DEGRADED") | OtherString;
        /** @description What the cluster is doing. */
        ClusterStatus: ("STATUS_UNKNOWN" | "CREATING" | "RUNNING" | "ERROR" | "UPDATING" | "STOPPING" | "STOPPED" | "STARTING") | OtherString;
        /** @description A day of the week. */
        WeekDay: ("WEEK_DAY_UNSPECIFIED" | "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN") | OtherString;
        /** @description An hour of the week in which a cluster may be maintained. */
        WeeklyMaintenanceWindow: {
            /** @description A day of the week. */
            day?: components["schemas"]["WeekDay"];
            /**
             * Format: int64
             * @description The hour of the day in UTC, from 1 to 24, as a decimal string.
             */
            hour?: string;
        };
        /** @description When a cluster may be maintained. Exactly one of the two is there. */
        MaintenanceWindow: {
            /** @description At any time. It has no fields so far. */
            anytime?: Record<string, never>;
            /** @description An hour of the week in which a cluster may be maintained. */
            weeklyMaintenanceWindow?: components["schemas"]["WeeklyMaintenanceWindow"];
        };
        /** @description Maintenance that is planned for a cluster. Left out when none is planned. */
        MaintenanceOperation: {
            /** @description The planned work. */
            info?: string;
            /**
             * Format: date-time
             * @description Until when it is put off, as RFC 3339 text with up to nine fractional digits.
             */
            delayedUntil?: string;
        };
        /** @description A Managed MySQL cluster. */
        Cluster: {
            /** @description The id of the cluster, unique in the service. It is the `clusterId` of `listBackups`. */
            id: string;
            /** @description The id of the folder that the cluster belongs to. */
            folderId?: string;
            /**
             * Format: date-time
             * @description When the cluster was created, as RFC 3339 text with up to nine fractional digits.
             */
            createdAt?: string;
            /** @description The name of the cluster, unique in its folder. */
            name?: string;
            /** @description The owner's description of the cluster. */
            description?: string;
            /** @description The owner's labels, as pairs of a key and a value. */
            labels?: {
                [key: string]: string;
            };
            /** @description How careful the provider is with new versions: `PRODUCTION` gets the tried ones, `PRESTABLE` the new ones first. */
            environment?: components["schemas"]["ClusterEnvironment"];
            /** @description Pages where the cluster can be watched. Left out when there are none. */
            monitoring?: components["schemas"]["ClusterMonitoring"][];
            /** @description The id of the network that the cluster is in. */
            networkId?: string;
            /** @description How the hosts of the cluster are, together: all well (`ALIVE`), none (`DEAD`), or in between (`DEGRADED`). */
            health?: components["schemas"]["ClusterHealth"];
            /** @description What the cluster is doing. */
            status?: components["schemas"]["ClusterStatus"];
            /** @description When a cluster may be maintained. Exactly one of the two is there. */
            maintenanceWindow?: components["schemas"]["MaintenanceWindow"];
            /** @description Maintenance that is planned for a cluster. Left out when none is planned. */
            plannedOperation?: components["schemas"]["MaintenanceOperation"];
            /** @description The ids of the security groups that the cluster is in. */
            securityGroupIds?: string[];
            /** @description The ids of the groups of dedicated hosts that the cluster runs on. */
            hostGroupIds?: string[];
            /** @description The id of the key that the disks are encrypted with. */
            diskEncryptionKeyId?: string;
            /** @description Whether the cluster is protected from being deleted. Left out when it is not. */
            deletionProtection?: boolean;
            /** @description How the cluster is set up. The provider's reference has its many fields. */
            config?: {
                [key: string]: unknown;
            };
        };
        /** @description One page of a listing of clusters. */
        ListClustersResponse: {
            /** @description The clusters on this page. Left out when there are none. */
            clusters?: components["schemas"]["Cluster"][];
            /** @description The `pageToken` of the request for the next page. When it is left out, or empty, this page is the last of the listing. */
            nextPageToken?: string;
        };
    };
    responses: {
        /** @description A parameter breaks its limits, or the page token does not belong to this listing. Correct the request. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The IAM token is missing, malformed or expired. Get a new one and repeat the request. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The caller lacks the role `managed-mysql.viewer`. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The folder does not exist, or the caller may not see it. */
        FolderNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description A request quota is used up. Wait, then repeat the request. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The server failed. Repeating the request can help. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The service is temporarily unavailable. Wait, then repeat the request. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The server did not finish in time. Repeating the request can help. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The cluster does not exist, or the caller may not see it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of the folder to look in. (maxLength 50)
         * @example b1g4d7f0s2j5l8p3r6w9
         */
        FolderId: string;
        /**
         * @description The most items to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
         * @example 3
         */
        PageSize: number;
        /**
         * @description The `nextPageToken` of the previous response, unchanged. Absent on the first request. (maxLength 100)
         * @example Zk3vPq8sT1xYb2LwNc7d
         */
        PageToken: string;
        /**
         * @description Which cluster to list, as an expression. It can compare the name alone, with a text of 1 to 63 letters, digits, `-` and `_`: `name = "…"`. (maxLength 1000)
         * @example name = "orders"
         */
        ClusterFilter: string;
        /**
         * @description The id of the cluster whose backups are listed. (maxLength 50)
         * @example c9q8m2k4v7x1n5t3b6h0
         */
        ClusterId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description How long to wait before the next try: a whole number of seconds, or an HTTP date. It can be missing.
         * @example 5
         */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listFolderBackups: {
        parameters: {
            query: {
                /**
                 * @description The id of the folder to look in. (maxLength 50)
                 * @example b1g4d7f0s2j5l8p3r6w9
                 */
                folderId: components["parameters"]["FolderId"];
                /**
                 * @description The most items to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
                 * @example 3
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description The `nextPageToken` of the previous response, unchanged. Absent on the first request. (maxLength 100)
                 * @example Zk3vPq8sT1xYb2LwNc7d
                 */
                pageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of backups. It can be empty, even when more pages follow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackupsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["FolderNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listClusters: {
        parameters: {
            query: {
                /**
                 * @description The id of the folder to look in. (maxLength 50)
                 * @example b1g4d7f0s2j5l8p3r6w9
                 */
                folderId: components["parameters"]["FolderId"];
                /**
                 * @description The most items to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
                 * @example 3
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description The `nextPageToken` of the previous response, unchanged. Absent on the first request. (maxLength 100)
                 * @example Zk3vPq8sT1xYb2LwNc7d
                 */
                pageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Which cluster to list, as an expression. It can compare the name alone, with a text of 1 to 63 letters, digits, `-` and `_`: `name = "…"`. (maxLength 1000)
                 * @example name = "orders"
                 */
                filter?: components["parameters"]["ClusterFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of clusters. It can be empty, even when more pages follow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListClustersResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["FolderNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listBackups: {
        parameters: {
            query?: {
                /**
                 * @description The most items to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
                 * @example 3
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description The `nextPageToken` of the previous response, unchanged. Absent on the first request. (maxLength 100)
                 * @example Zk3vPq8sT1xYb2LwNc7d
                 */
                pageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the cluster whose backups are listed. (maxLength 50)
                 * @example c9q8m2k4v7x1n5t3b6h0
                 */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of backups. It can be empty, even when more pages follow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackupsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}
