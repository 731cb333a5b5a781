// Checks that a version can be released, and tags it. A pushed tag makes the workflow publish it: nobody's machine holds
// a token of the registry, and what is published can be traced to its commit.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { diff } from "./diff/diff-descriptions.js";
import { type Package, problemsOf, type State } from "./release/check-release.js";

const usage = `Usage: npm run release [-- --dry-run | --notes]

--dry-run goes through all checks, shows what would be published, and changes nothing. --notes prints the changelog's
section on this version.`;

function run(file: string, ...args: string[]): string {
  return execFileSync(file, args, { encoding: "utf8", shell: file === "npm" && process.platform === "win32" }).trim();
}

/** The changelog's section on a version. */
function sectionOf(version: string): { date: string; text: string } {
  const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${version}, `));
  if (!section) throw new Error(`CHANGELOG.md has no section "## ${version}, <date>".`);
  const [heading = "", ...lines] = section.split("\n");
  return { date: heading.slice(version.length + 2).trim(), text: lines.join("\n").trim() };
}

/** The URL of the git remote, where there is one. */
function remote(): string | undefined {
  return run("git", "remote").split("\n").includes("origin") ? run("git", "remote", "get-url", "origin") : undefined;
}

/** The state of the working tree, and what it would be released as. */
function stateOf(version: string): Omit<State, "isVersionTooLow"> {
  const origin = remote();
  const remoteTags = origin === undefined ? "" : run("git", "ls-remote", "--tags", "--refs", "origin", "v*");
  return {
    date: sectionOf(version).date,
    today: new Date().toISOString().slice(0, 10),
    isDirty: run("git", "status", "--porcelain") !== "",
    branch: run("git", "rev-parse", "--abbrev-ref", "HEAD"),
    tags: run("git", "tag", "--list", "v*").split("\n"),
    remoteTags: remoteTags.split("\n").map((line) => line.replace(/^.*refs\/tags\//, "")),
    origin,
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
  const found = problemsOf(manifest, { ...stateOf(version), isVersionTooLow: !changes.passed });
  for (const problem of found) console.error(problem);
  if (found.length > 0 && !dry) throw new Error(`Nothing was tagged.\n\n${usage}`);

  console.log(`# ${name} ${version}\n\n${text}\n`);
  console.log(`## What the description's changes ask for\n\n${changes.text}\n`);

  run("npm", "run", "--silent", "build");
  const [{ files, size, unpackedSize }] = JSON.parse(run("npm", "pack", "--dry-run", "--json", "--ignore-scripts"));
  console.log(`## The tarball: ${files.length} files, ${size} bytes packed, ${unpackedSize} unpacked\n`);
  for (const file of files) console.log(`${String(file.size).padStart(8)}  ${file.path}`);

  const { components } = JSON.parse(
    run("npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--omit", "peer"),
  );
  console.log("\n## The bill of materials\n");
  for (const { purl } of components) console.log(`- ${purl}`);

  if (dry) {
    if (found.length > 0) process.exitCode = 1;
    return void console.log(`\nA dry run: the tag ${tag} was not made.`);
  }
  run("git", "tag", "--annotate", tag, "--message", `${name} ${version}`);
  console.log(`\nThe tag ${tag} was made. Publish it: git push origin ${tag}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
