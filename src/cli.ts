#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { readArguments, UsageError, usage } from "./mock/arguments.js";
import { packageName } from "./package-name.js";

// Read first, because npm can have ended when Prism is loaded.
const parent = process.ppid;

async function main(args: readonly string[]): Promise<void> {
  const command = readArguments(args);
  if (command.name === "help") return console.log(usage);
  if (command.name === "version") return console.log(version());

  // Signals have no handler, because it could not run while Prism loads. Process 1, as in many containers, needs one: a
  // signal without a handler does not end it.
  if (process.pid === 1) {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
      process.once(signal, () => process.exit(128 + constants.signals[signal]));
    }
  }
  // This keeps the process alive. npm passes a signal to its shell, which ends without passing it on. Then this process
  // has a new parent.
  setInterval(() => process.env["npm_lifecycle_event"] && process.ppid !== parent && process.exit(), 100);

  console.log("Loading Prism …");
  const { start } = await import("./mock.js");
  const mock = await start(command.options);
  for (const fault of command.faults) mock.fail(fault);
  console.log(`The mock server listens on ${mock.url}\n`);
  if (mock.examplePaths.length > 0) console.log("The first page of each list:");
  for (const path of mock.examplePaths) console.log(`  curl -H "Authorization: Bearer any" "${mock.url}${path}"`);
  console.log("\nFor the next page, add the nextPageToken of the response to the query, as pageToken.");
  console.log('For an error, add -H "Prefer: code=503", or start it with --fail 503:2. Ctrl-C stops it.');
  if (command.watch) {
    const { watchFiles } = await import("./mock/watch.js");
    watchFiles(mock.files, mock.reload);
  }
}

function version(): string {
  const file = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  return JSON.parse(readFileSync(file, "utf8")).version;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof UsageError || error instanceof RangeError ? 2 : 1);
}
