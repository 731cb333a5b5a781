import { ApiError, type components, createClient, listBackups, type operations } from "managed-mysql-client";
import { fromServiceAccountKey } from "managed-mysql-client/iam";
import { startMockServer } from "managed-mysql-client/mock";
import description from "managed-mysql-client/openapi.json";

export const list = (clusterId: string) =>
  listBackups(createClient({ token: fromServiceAccountKey("key.json") }), { clusterId });
export const mock = () => startMockServer({ backups: 5 });
export const isGone = (error: unknown) => error instanceof ApiError && error.status === 404;
export const version: string = description.openapi;
export type Backup = components["schemas"]["Backup"];
export type Query = operations["listBackups"]["parameters"]["query"];
