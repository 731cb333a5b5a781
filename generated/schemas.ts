// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** Any other string: the server can add values to an enum. */
type OtherString = string & {};
/** @description How the backup came about: by the schedule (`AUTOMATED`) or by a request (`MANUAL`). */
export type BackupType = ("BACKUP_CREATION_TYPE_UNSPECIFIED" | "AUTOMATED" | "MANUAL") | OtherString;
/** @description Whether the backup is complete (`DONE`) or still being made (`CREATING`). */
export type BackupStatus = ("BACKUP_STATUS_UNSPECIFIED" | "DONE" | "CREATING") | OtherString;
/** @description A backup of a cluster. The time that it took is `createdAt` less `startedAt`. */
export type Backup = {
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
    type?: BackupType;
    /** @description Whether the backup is complete (`DONE`) or still being made (`CREATING`). */
    status?: BackupStatus;
};
/** @description One page of a listing of backups. */
export type ListBackupsResponse = {
    /** @description The backups on this page. Left out when there are none. */
    backups?: Backup[];
    /** @description The `pageToken` of the request for the next page. When it is left out, or empty, this page is the last of the listing. */
    nextPageToken?: string;
};
/** @description One detail of a failure. Which further fields it has depends on its type: a `google.rpc.RequestInfo`, for one, has a `requestId` to quote to the provider's support. */
export type StatusDetail = {
    /** @description The type of the detail, as a URL that ends in the name of a protobuf message. */
    "@type": string;
} & {
    [key: string]: unknown;
};
/** @description An error, as `google.rpc.Status` in JSON. Each field can be missing, and a gateway in front of the API can respond with another body, or none. */
export type Status = {
    /**
     * Format: int32
     * @description The gRPC code of the failure, for example 5 for "not found". It is not the HTTP status.
     */
    code?: number;
    /** @description The reason, in English, for a developer to read. */
    message?: string;
    /** @description More about the failure, for a program to read. */
    details?: StatusDetail[];
};
/** @description How careful the provider is with new versions: `PRODUCTION` gets the tried ones, `PRESTABLE` the new ones first. */
export type ClusterEnvironment = ("ENVIRONMENT_UNSPECIFIED" | "PRODUCTION" | "PRESTABLE") | OtherString;
/** @description A page where a cluster can be watched. */
export type ClusterMonitoring = {
    /** @description The name of the monitoring system. */
    name?: string;
    /** @description The content of the page. */
    description?: string;
    /** @description The address of the page. */
    link?: string;
};
/** @description How the hosts of the cluster are, together: all well (`ALIVE`), none (`DEAD`), or in between (`DEGRADED`). */
export type ClusterHealth = ("HEALTH_UNKNOWN" | "ALIVE" | "DEAD" | "DEGRADED") | OtherString;
/** @description What the cluster is doing. */
export type ClusterStatus = ("STATUS_UNKNOWN" | "CREATING" | "RUNNING" | "ERROR" | "UPDATING" | "STOPPING" | "STOPPED" | "STARTING") | OtherString;
/** @description A day of the week. */
export type WeekDay = ("WEEK_DAY_UNSPECIFIED" | "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN") | OtherString;
/** @description An hour of the week in which a cluster may be maintained. */
export type WeeklyMaintenanceWindow = {
    /** @description A day of the week. */
    day?: WeekDay;
    /**
     * Format: int64
     * @description The hour of the day in UTC, from 1 to 24, as a decimal string.
     */
    hour?: string;
};
/** @description When a cluster may be maintained. Exactly one of the two is there. */
export type MaintenanceWindow = {
    /** @description At any time. It has no fields so far. */
    anytime?: Record<string, never>;
    /** @description An hour of the week in which a cluster may be maintained. */
    weeklyMaintenanceWindow?: WeeklyMaintenanceWindow;
};
/** @description Maintenance that is planned for a cluster. Left out when none is planned. */
export type MaintenanceOperation = {
    /** @description The planned work. */
    info?: string;
    /**
     * Format: date-time
     * @description Until when it is put off, as RFC 3339 text with up to nine fractional digits.
     */
    delayedUntil?: string;
};
/** @description A Managed MySQL cluster. */
export type Cluster = {
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
    environment?: ClusterEnvironment;
    /** @description Pages where the cluster can be watched. Left out when there are none. */
    monitoring?: ClusterMonitoring[];
    /** @description The id of the network that the cluster is in. */
    networkId?: string;
    /** @description How the hosts of the cluster are, together: all well (`ALIVE`), none (`DEAD`), or in between (`DEGRADED`). */
    health?: ClusterHealth;
    /** @description What the cluster is doing. */
    status?: ClusterStatus;
    /** @description When a cluster may be maintained. Exactly one of the two is there. */
    maintenanceWindow?: MaintenanceWindow;
    /** @description Maintenance that is planned for a cluster. Left out when none is planned. */
    plannedOperation?: MaintenanceOperation;
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
export type ListClustersResponse = {
    /** @description The clusters on this page. Left out when there are none. */
    clusters?: Cluster[];
    /** @description The `pageToken` of the request for the next page. When it is left out, or empty, this page is the last of the listing. */
    nextPageToken?: string;
};
