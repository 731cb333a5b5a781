// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/managed-mysql/v1/clusters/{clusterId}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of a cluster
         * @description Answers one page of the backups that belong to one cluster; the newest come first in the examples here.
         *
         *     Send the first request without a `pageToken`, then follow `nextPageToken` until an answer comes without
         *     one. Repeating a request with the same token is safe: it changes nothing on the server.
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
        /** @description One page of a listing of backups. */
        ListBackupsResponse: {
            /** @description The backups on this page. Left out when there are none. */
            backups?: components["schemas"]["Backup"][];
            /** @description The `pageToken` of the request for the next page. When it is left out, or empty, this page is the last of the listing. */
            nextPageToken?: string;
        };
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
        };
        /** @description What went wrong, as `google.rpc.Status` in JSON. Each field can be missing, and a gateway in front of the API can answer with another body, or none. */
        Status: {
            /**
             * Format: int32
             * @description The gRPC code of the failure, for example 5 for "not found". It is not the HTTP status.
             */
            code?: number;
            /** @description What went wrong, in English, for a developer to read. */
            message?: string;
            /** @description More about the failure, for a program to read. */
            details?: components["schemas"]["StatusDetail"][];
        };
        /** @description One detail of a failure. Which further fields it has depends on its type: a `google.rpc.RequestInfo`, for one, has a `requestId` to quote to the provider's support. */
        StatusDetail: {
            /** @description The type of the detail, as a URL that ends in the name of a protobuf message. */
            "@type": string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description A parameter breaks its limits, or the page token does not belong to this listing. Mend the request. */
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
        /** @description There is no such cluster, or the caller may not know of it. */
        NotFound: {
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
        /** @description The service cannot answer for now. Wait, then repeat the request. */
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
    };
    parameters: {
        /**
         * @description The id of the cluster whose backups are listed. (maxLength 50)
         * @example c9q8m2k4v7x1n5t3b6h0
         */
        ClusterId: string;
        /**
         * @description The most backups to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
         * @example 3
         */
        PageSize: number;
        /**
         * @description Where to go on: the `nextPageToken` of the answer before, unchanged. Absent on the first request. (maxLength 100)
         * @example Zk3vPq8sT1xYb2LwNc7d
         */
        PageToken: string;
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
    listBackups: {
        parameters: {
            query?: {
                /**
                 * @description The most backups to put on one page. The server takes its default when this is 0 or absent, and may put fewer on a page than asked for. (minimum 0, maximum 1000, default 100)
                 * @example 3
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description Where to go on: the `nextPageToken` of the answer before, unchanged. Absent on the first request. (maxLength 100)
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
