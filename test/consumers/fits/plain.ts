// A plain openapi-fetch client with the types of this package: no token, no retries; and a listing over it.
import { listBackups, type paths } from "managed-mysql-client";
import createOpenapiClient from "openapi-fetch";

const client = createOpenapiClient<paths>({
  baseUrl: process.env["BASE_URL"] ?? "",
  headers: { authorization: "Bearer any" },
});

const backups = await listBackups(client, { clusterId: process.env["CLUSTER_ID"] ?? "" }).toArray();
console.log(JSON.stringify(backups.map(({ id }) => id)));
