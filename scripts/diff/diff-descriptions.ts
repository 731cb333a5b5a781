import { parseArgs } from "node:util";
import { apiOf } from "../description/load.js";
import { compare } from "./compare.js";
import { defaultRevision, descriptionAt, descriptionIn } from "./read-revision.js";
import { renderReport } from "./report.js";

const usage = "Usage: npm run diff -- [REVISION] [--format text|markdown] [--api NAME]";

/**
 * Compares the description in a folder with that at a revision.
 *
 * @returns the report, and whether info.version is high enough for the changes
 * @throws {Error} when an argument, the revision or the description cannot be used
 */
export async function diff(root: string, args: string[]): Promise<{ passed: boolean; text: string }> {
  const options = { format: { type: "string", default: "text" }, api: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length > 1 || !["text", "markdown"].includes(values.format)) throw new Error(usage);

  const { spec } = await apiOf(root, values.api);
  const now = await descriptionIn(root, spec);
  const [since] = positionals;
  const chosen = since ? { since } : await defaultRevision(root, spec, String(now.info.version));
  const base = await descriptionAt(root, spec, chosen.since);
  if (!base) return { passed: true, text: `The description does not exist at ${chosen.since}: all of it is new.` };
  const versions = [String(base.info.version), String(now.info.version)] as const;
  const report = { ...chosen, versions, changes: await compare(base, now) };
  return renderReport(report, values.format === "markdown");
}
