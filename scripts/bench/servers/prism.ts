// Serves the description by plain Prism, with an example of 100 backups: as many as a page of the mock has.
import { readFile } from "node:fs/promises";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { makeBackup } from "../listing.js";

const backups = Array.from({ length: 100 }, (_, index) => makeBackup(index));
const description = JSON.parse(await readFile("generated/openapi.json", "utf8"));
const { get } = description.paths["/managed-mysql/v1/clusters/{clusterId}/backups"];
get.responses[200].content["application/json"].examples = { page: { value: { backups } } };

const server = createServer(await getHttpOperationsFromSpec(description), {
  cors: false,
  components: { logger: createLogger("bench", { level: "silent" }) },
  config: {
    isProxy: false,
    mock: { dynamic: false },
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: true,
    upstreamProxy: undefined,
  },
});
const url = await server.listen(0, "127.0.0.1");
process.on("disconnect", () => process.exit());
process.send?.(url);
