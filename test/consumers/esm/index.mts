import {
  ApiError,
  type Backup,
  type ClientOptions,
  type components,
  createClient,
  type ListBackupsPage,
  type ListBackupsParams,
  listBackups,
  ManagedMysqlError,
  type operations,
  paginate,
} from "managed-mysql-client";
import { fromEnvironment, fromServiceAccountKey, type TokenFunction } from "managed-mysql-client/iam";

const options: ClientOptions = { token: ({ forceRefresh, signal }) => readToken(forceRefresh, signal), timeout: 5000 };
const client = createClient(options);

const credentials: TokenFunction = fromEnvironment();
export const production = [credentials, fromServiceAccountKey("key.json")].map((token) => createClient({ token }));

export async function audit(params: ListBackupsParams): Promise<Backup[]> {
  try {
    return await listBackups(client, params).toArray();
  } catch (error) {
    if (error instanceof ApiError) throw new Error(`${error.status} ${error.requestId ?? ""}`);
    if (error instanceof ManagedMysqlError) throw new Error(error.pageToken);
    throw error;
  }
}

export async function count(clusterId: string, pageSize: number | undefined): Promise<number> {
  let sum = 0;
  const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
  const pages: AsyncIterable<ListBackupsPage> = paginate(client, path, "backups", { clusterId, pageSize }).pages();
  for await (const page of pages) sum += page.backups?.length ?? 0;
  const { data, error, response } = await client.GET(path, { params: { path: { clusterId } } });
  return response.ok ? sum + (data?.backups?.length ?? 0) : (error?.code ?? 0);
}

export type Size = components["schemas"]["Backup"]["size"];
export type Query = operations["listBackups"]["parameters"]["query"];

declare function readToken(fresh: boolean, signal: AbortSignal): Promise<string>;
