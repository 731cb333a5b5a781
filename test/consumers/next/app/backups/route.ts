// Responds with all backups, whose pages Next.js keeps in its cache for a minute.
import { createClient, listBackups } from "managed-mysql-client";

export const dynamic = "force-dynamic";

const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"] });

export async function GET() {
  const listing = listBackups(client, { clusterId: process.env["CLUSTER_ID"] ?? "" }, { next: { revalidate: 60 } });
  return Response.json((await listing.toArray()).map(({ id }) => id));
}
