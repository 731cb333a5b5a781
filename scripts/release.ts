// Checks that a version can be released, and tags it. A pushed tag makes the workflow publish it: nobody's machine holds
// a token of the registry, and what is published can be traced to its commit.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { diff } from "./diff/diff-descriptions.js";
import { git, versionTags } from "./git.js";
import { dayOf, type Package, problemsOf, type State } from "./release/check-release.js";

const usage = `Usage: npm run release [-- --dry-run | --notes]

--dry-run goes through all checks, shows what would be published, and changes nothing. --notes prints the changelog's
section on this version.`;

function npm(...args: string[]): string {
  return execFileSync("npm", args, { encoding: "utf8", shell: process.platform === "win32" }).trim();
}

/** The changelog's section on a version. */
function sectionOf(version: string): { date: string; text: string } {
  const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${version}, `));
  if (!section) throw new Error(`CHANGELOG.md has no section "## ${version}, <date>".`);
  const [heading = "", ...lines] = section.split("\n");
  return { date: heading.slice(version.length + 2).trim(), text: lines.join("\n").trim() };
}

/** The state of the working tree, and what it would be released as. */
async function stateOf(version: string): Promise<Omit<State, "isVersionTooLow">> {
  const root = process.cwd();
  const hasRemote = (await git(root, "remote")).split("\n").includes("origin");
  const remoteTags = hasRemote ? await git(root, "ls-remote", "--tags", "--refs", "origin", "v*") : "";
  return {
    date: sectionOf(version).date,
    today: dayOf(new Date()),
    isDirty: (await git(root, "status", "--porcelain", "--untracked-files=normal")) !== "",
    branch: (await git(root, "branch", "--show-current")).trim() || "HEAD",
    tags: await versionTags(root),
    remoteTags: remoteTags.split("\n").map((line) => line.replace(/^.*refs\/tags\//, "")),
    origin: hasRemote ? (await git(root, "remote", "get-url", "origin")).trim() : undefined,
  };
}

async function main(): Promise<void> {
  const boolean = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { "dry-run": boolean, notes: boolean } });
  const dry = values["dry-run"];
  const manifest: Package = JSON.parse(readFileSync("package.json", "utf8"));
  const { name, version } = manifest;
  const tag = `v${version}`;
  const { text } = sectionOf(version);
  if (values.notes) return void console.log(text);

  const changes = await diff(process.cwd(), []);
  const found = problemsOf(manifest, { ...(await stateOf(version)), isVersionTooLow: !changes.passed });
  for (const problem of found) console.error(problem);
  if (found.length > 0 && !dry) throw new Error(`Nothing was tagged.\n\n${usage}`);

  console.log(`# ${name} ${version}\n\n${text}\n`);
  console.log(`## What the description's changes ask for\n\n${changes.text}\n`);

  npm("run", "--silent", "build");
  const [{ files, size, unpackedSize }] = JSON.parse(npm("pack", "--dry-run", "--json", "--ignore-scripts"));
  console.log(`## The tarball: ${files.length} files, ${size} bytes packed, ${unpackedSize} unpacked\n`);
  for (const file of files) console.log(`${String(file.size).padStart(8)}  ${file.path}`);

  const { components } = JSON.parse(npm("sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--omit", "peer"));
  console.log("\n## The bill of materials\n");
  for (const { purl } of components) console.log(`- ${purl}`);

  if (dry) {
    if (found.length > 0) process.exitCode = 1;
    return void console.log(`\nA dry run: the tag ${tag} was not made.`);
  }
  await git(process.cwd(), "tag", "--annotate", tag, "--message", `${name} ${version}`);
  console.log(`\nThe tag ${tag} was made. Publish it: git push origin ${tag}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
