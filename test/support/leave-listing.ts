// Leaves a listing after its first backup. The process must end by itself: whatever keeps it alive is a leak.
import { createClient, listBackups } from "../../src/index.js";

const [baseUrl, prefetch] = process.argv.slice(2);
const client = createClient({ token: "t", baseUrl });
for await (const { id } of listBackups(client, { clusterId: "c", prefetch: prefetch === "true" })) {
  console.log(id);
  break;
}
