// Finds the changes between two bundled descriptions, by `redocly diff` on their canonical forms.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runRedocly } from "../run-redocly.js";
import { canonical, type Description } from "./canonical-description.js";

/** `major` breaks callers, `minor` adds something, and `patch` does neither. */
export type Impact = "major" | "minor" | "patch";

export interface Change {
  readonly impact: Impact;
  /** Where it is in the bundled description, as a JSON pointer. */
  readonly place: string;
  /** The change, and the reason for its impact. */
  readonly reason: string;
}

/** A change in the report of `redocly diff --format json`. */
interface RedoclyChange {
  readonly impact: Impact;
  readonly path: string;
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly base?: { readonly pointer: string };
  readonly revision?: { readonly pointer: string };
  readonly verdicts: readonly { readonly impact: Impact; readonly message: string }[];
}

const impacts: readonly Impact[] = ["major", "minor", "patch"];
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));
const loader = ["--import", import.meta.resolve("jiti/register")]; // for our plugin, which is TypeScript

/** The changes, except that of `info.version`. Those that break callers come first. */
export async function compare(base: Description, revision: Description): Promise<Change[]> {
  const changes = (await redoclyDiff(base, revision)).filter(asksForVersion).map(asChange);
  return changes.sort((a, b) => impacts.indexOf(a.impact) - impacts.indexOf(b.impact));
}

async function redoclyDiff(base: Description, revision: Description): Promise<RedoclyChange[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "diff-"));
  const [before, after, report] = [`${folder}/base.json`, `${folder}/revision.json`, `${folder}/report.json`] as const;
  try {
    await writeFile(before, JSON.stringify(await canonical(base)));
    await writeFile(after, JSON.stringify(await canonical(revision)));
    const output = ["--format", "json", "--output", report, "--fail-on", "none"];
    await runRedocly(["diff", before, after, "--config", config, ...output], loader);
    return JSON.parse(await readFile(report, "utf8")).changes;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A shared component counts where it is used. A schema counts by itself, because it is exported as a type. */
function asksForVersion({ path, kind, property, impact }: RedoclyChange): boolean {
  if (path === "#/info" && property === "version") return false;
  const itself = kind !== "modified" || property === "key";
  return !(itself && impact === "patch" && /^#\/components\/(?!schemas\/)/.test(path));
}

function asChange({ impact, verdicts, path, kind, property, base, revision }: RedoclyChange): Change {
  const pointer = decodeURIComponent((revision ?? base)?.pointer ?? path);
  const place = pointer.replace(/^#\/(components\/parameters\/(?=\w+ ))?/, ""); // without the name that canonical-description.ts gives
  const messages = verdicts.filter((verdict) => verdict.impact === impact).map(({ message }) => message);
  return {
    impact,
    place,
    reason: messages.join(" ") || (property ? `\`${property}\` changed.` : `It was ${kind}.`),
  };
}
