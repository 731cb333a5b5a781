// Serves the description as a mock server until it is stopped.
import { parseArgs } from "node:util";
import { untilStopped } from "./until-stopped.js";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a whole number from 0 to 65535, but is ${JSON.stringify(values.port)}`);
  process.exit(1);
}

try {
  const { startMockServer } = await import("../src/mock.js"); // after the check, because Prism takes a second to load
  const mock = await startMockServer({ port });
  const curl = (path: string) => `  curl -H 'Authorization: Bearer any' '${mock.url}${path}`;
  console.log(`The mock server listens on ${mock.url}\n`);
  for (const path of mock.examplePaths) {
    console.log("The first page, and the one after it (put the answer's nextPageToken at the end):");
    console.log(`${curl(path)}'\n${curl(path)}${path.includes("?") ? "&" : "?"}pageToken='\n`);
  }
  console.log("For an error, add -H 'Prefer: code=503'; for one example, -H 'Prefer: example=emptyList'.");
  console.log("Ctrl-C stops it.");

  untilStopped().addEventListener("abort", () => mock.close().then(() => process.exit(0)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
