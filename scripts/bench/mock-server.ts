// Serves pages of 100 backups: this package's mock server from a list, or bare Prism its one example.
import { readFile } from "node:fs/promises";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { makeBackup } from "./job.js";

const [kind, clusterId = "", count] = process.argv.slice(2);
const backups = Array.from({ length: Number(count) }, (_, index) => makeBackup(index, clusterId));
const port = Number(new URL(await (kind === "prism" ? startPrism() : startMock())).port);

async function startMock(): Promise<string> {
  // What users run is the built package.
  const name: string = "managed-mysql-client/mock";
  const { startMockServer } = (await import(name)) as typeof import("../../src/mock.js");
  return (await startMockServer({ backups })).url;
}

async function startPrism(): Promise<string> {
  const description = JSON.parse(await readFile("generated/openapi.json", "utf8"));
  const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
  description.paths[path].get.responses[200].content["application/json"].examples = { page: { value: { backups } } };
  const server = createServer(await getHttpOperationsFromSpec(description), {
    cors: false,
    config: {
      isProxy: false,
      upstreamProxy: undefined,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: true,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("bare", { level: "silent" }) },
  });
  return await server.listen(0, "127.0.0.1");
}

process.on("disconnect", () => process.exit());
process.send?.({ ready: port });
