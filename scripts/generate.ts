// Writes generated/ from the descriptions, once or on each save.
import { parseArgs } from "node:util";
import { loadAll } from "./description/load.js";
import { check, generate } from "./generate/files.js";
import { watch } from "./generate/watch.js";
import { runScript } from "./run-script.js";

const root = process.cwd();

async function main(): Promise<void> {
  const boolean = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    options: { api: { type: "string" }, check: boolean, lint: boolean, watch: boolean },
  });
  if (values.watch) return await watch(root, values.api);
  if (values.lint) {
    await loadAll(root, values.api);
    return console.log("The descriptions follow all rules");
  }
  const names = values.check ? await check(root, values.api) : await generate(root, values.api);
  if (names.length === 0) return console.log("generated/ is up to date");
  if (!values.check) return console.log(`Wrote ${names.join(", ")}`);
  console.error(`${names.join("\n")}\nRun: npm run generate`);
  process.exitCode = 1;
}

await runScript(main);
