// @ts-check
// Writes generated/ from the description, once or on each save.
//
// JavaScript, because a TypeScript loader doubles the time that the hundreds of modules below take to load.
import "./generate/compile-cache.js";
import { parseArgs } from "node:util";
import { startThread } from "./generate/thread.js";

startThread(); // before Redocly is loaded, so that both load at once
const { check, generate } = await import("./generate/files.js");
const { LintError } = await import("./generate/render.js");

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, watch: { type: "boolean", default: false } },
});
const root = process.cwd();

async function main() {
  if (values.watch) {
    const { watch } = await import("./generate/watch.js");
    return await watch(root);
  }
  if (!values.check) {
    const changed = await generate(root);
    console.log(changed.length > 0 ? `Wrote ${changed.join(", ")}` : "generated/ is up to date");
    return;
  }
  const stale = await check(root);
  if (stale.length === 0) return console.log("generated/ is up to date");
  console.error(`${stale.join("\n")}\nRun: npm run generate`);
  process.exitCode = 1;
}

await main().catch((error) => {
  console.error(error instanceof LintError ? error.message : error);
  process.exitCode = 1;
});
