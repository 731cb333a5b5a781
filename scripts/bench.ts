// Measures this package beside plain `fetch`, openapi-fetch and ky, and prints the tables of bench/README.md.
// It reports; it never fails because of a figure.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measure, type Result } from "./bench/measure.js";
import { compile, startContender } from "./bench/processes.js";
import { loadSuite } from "./bench/suite.js";
import { resultsTable } from "./bench/table.js";
import { runScript } from "./run-script.js";

const suites = ["call", "items", "memory", "size"];

const usage = `Usage: npm run bench -- [--quick] [SUITE…]

The suites are ${suites.join(", ")}. Without a name, all of them run.
--quick does little work in few rounds. It shows that the bench runs; its figures mean nothing.`;

async function main(): Promise<void> {
  const options = { quick: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !suites.includes(name));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")} is not a suite.\n\n${usage}`);
  console.log(`Node.js ${process.version}, ${cpus().length} CPUs: ${cpus()[0]?.model.trim()}\n`);
  if (values.quick) console.log("A quick run: its figures mean nothing.\n");
  await compile();
  const results: Result[] = [];
  for (const name of positionals.length > 0 ? positionals : suites) {
    const suite = await loadSuite(name);
    for (const row of suite.rows) {
      console.error(`${name}: ${row.title}, ${row.contender} …`);
      const size = Math.ceil((row.size ?? 1) / (values.quick ? 50 : 1));
      const start = (contender: string) => startContender(name, suite, contender, size);
      results.push(await measure(values.quick ? { ...row, effort: "quick" } : row, start));
    }
  }
  console.log(resultsTable(results));
}

await runScript(main);
process.exit(); // ends the server, too
