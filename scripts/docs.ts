// Builds the docs into site/. With --watch it serves them and follows the description.
import path from "node:path";
import { parseArgs } from "node:util";
import { runScript } from "./run-script.js";

const root = process.cwd();
const out = path.join(root, "site");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      api: { type: "string" },
      watch: { type: "boolean", default: false },
      port: { type: "string", default: "0" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`--port must be a whole number from 0 to 65535, but is ${JSON.stringify(values.port)}`);
  }
  if (values.watch) {
    const { watchDocs } = await import("./docs/watch.js");
    return await watchDocs(root, out, port, values.api);
  }
  const { buildDocs } = await import("./docs/build-docs.js");
  await buildDocs(root, out, values.api);
  console.log("Wrote site/: index.html, openapi.yaml and openapi.json");
}

await runScript(main);
