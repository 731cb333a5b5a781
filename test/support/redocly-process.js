// @ts-check
// Runs `redocly diff` as often as its parent asks, in one process: to start the command takes ten times as long as to run it.
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const command = new URL("./lib/index.js", import.meta.resolve("@redocly/cli/package.json"));
let count = 0;

process.on("message", async (/** @type {string[]} */ args) => {
  process.argv = [process.execPath, "redocly", ...args];
  command.search = `${count++}`; // the module is its own main program: it must be evaluated anew
  await import(command.href);
  // It does not tell when it is done, but it writes its report last.
  const report = args[args.indexOf("--output") + 1] ?? "";
  while (!existsSync(report)) await sleep(2);
  process.send?.("done");
});
process.on("disconnect", () => process.exit());
