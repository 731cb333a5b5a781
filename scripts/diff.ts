// Says what changed in the description since a revision, and fails when info.version did not move as that requires.
import { parseArgs } from "node:util";
import { compare } from "./diff/compare.js";
import { render } from "./diff/report.js";
import { defaultRevision, descriptionAt, descriptionIn } from "./diff/revision.js";

const usage = "Usage: npm run diff -- [REVISION] [--format text|markdown]";

async function main(): Promise<void> {
  const options = { format: { type: "string", default: "text" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length > 1 || !["text", "markdown"].includes(values.format)) throw new Error(usage);

  const root = process.cwd();
  const now = await descriptionIn(root);
  const chosen = positionals[0] ? { since: positionals[0] } : await defaultRevision(root, String(now.info.version));
  const base = await descriptionAt(root, chosen.since);
  if (!base) return console.log(`There is no description at ${chosen.since}: all of it is new.`);
  const versions = [String(base.info.version), String(now.info.version)] as const;
  const report = { ...chosen, versions, changes: await compare(base, now) };
  const { passed, text } = render(report, values.format === "markdown");
  console.log(text);
  if (!passed) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
