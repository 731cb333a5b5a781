// @ts-check
// Says what changed in the description since a revision, and fails when info.version did not move as that requires.
import { parseArgs } from "node:util";

const usage = "Usage: npm run diff -- [REVISION] [--format text|markdown]";

async function main() {
  const options = { format: { type: /** @type {const} */ ("string"), default: "text" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length > 1 || !["text", "markdown"].includes(values.format)) throw new Error(usage);
  const { compare } = await import("./diff/compare.js");
  const { asMarkdown, asText, verdict } = await import("./diff/report.js");
  const { defaultRevision, descriptionAt, descriptionIn } = await import("./diff/revision.js");

  const root = process.cwd();
  const since = positionals[0] ?? (await defaultRevision(root));
  const base = await descriptionAt(root, since);
  const revision = await descriptionIn(root);
  const changes = await compare(base, revision);
  /** @type {[string, string]} */
  const versions = [versionOf(base), versionOf(revision)];
  const report = { since, versions, changes };
  console.log(values.format === "markdown" ? asMarkdown(report) : asText(report));
  if (!verdict(report).passed) process.exitCode = 1;
}

/** @param {Record<string, unknown>} description */
function versionOf({ info }) {
  return String(/** @type {{ version?: unknown } | undefined} */ (info)?.version);
}

await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
