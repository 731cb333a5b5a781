// Measures this client beside plain `fetch` and plain openapi-fetch. It reports; it never fails because of a figure.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { startLab } from "./bench/processes.js";
import { type Effort, suites } from "./bench/suites.js";
import { table } from "./bench/table.js";

const usage = `Usage: npm run bench -- [--rounds N] [--quick] [SUITE…]

The suites are ${Object.keys(suites).join(", ")}; without a name, all of them run. --quick does little work in few
rounds: it shows that the bench runs, and its figures mean nothing.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: "string" }, quick: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 20));
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be a whole number from 1.\n\n${usage}`);
  const effort: Effort = { rounds, divisor: values.quick ? 50 : 1 };
  const unknown = positionals.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(", ")}.\n\n${usage}`);

  const lab = await startLab();
  try {
    const pinned = lab.pinned ? "server and clients pinned to a CPU each" : "nothing pinned to a CPU";
    console.log(`Node.js ${process.version}, ${cpus()[0]?.model.trim()}, ${cpus().length} CPUs, ${pinned}\n`);
    if (values.quick) console.log("A quick run: its figures mean nothing.\n");
    for (const [name, run] of Object.entries(suites)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue;
      console.error(`Running ${name} …`);
      for (const { title, unit, rounds, comparisons } of [await run(lab, effort)].flat()) {
        const heading = `${name}: ${title}, ${rounds} ${rounds === 1 ? "round" : "rounds"}`;
        console.log(`${heading}\n\n${table(comparisons, unit)}\n`);
      }
    }
  } finally {
    lab.end();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
