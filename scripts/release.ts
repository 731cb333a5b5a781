// Checks that a version can be released, which `npm version` then commits and tags. A pushed tag makes the workflow publish
// it: nobody's machine holds a token of the registry, and what is published can be traced to its commit.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { diff } from "./diff/diff-descriptions.js";
import { type Package, problemsOf, type State } from "./release/check-release.js";

function run(file: string, ...args: string[]): string {
  return execFileSync(file, args, { encoding: "utf8", shell: file === "npm" && process.platform === "win32" }).trim();
}

/** The first section of the changelog, whose version is the one to release. */
function readChangelog(): { version: string; date: string; text: string } {
  const [, section = ""] = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const [heading = "", ...lines] = section.split("\n");
  const [version = "", date = ""] = heading.trim().split(", ");
  return { version, date, text: lines.join("\n").trim() };
}

/** The URL of the git remote, where there is one. */
function remote(): string | undefined {
  return run("git", "remote").split("\n").includes("origin") ? run("git", "remote", "get-url", "origin") : undefined;
}

/** The state of the working tree, with the date of the release. */
function stateOf(date: string): Omit<State, "isVersionTooLow"> {
  const origin = remote();
  const remoteTags = origin === undefined ? "" : run("git", "ls-remote", "--tags", "--refs", "origin", "v*");
  return {
    date,
    today: new Date().toISOString().slice(0, 10),
    branch: run("git", "rev-parse", "--abbrev-ref", "HEAD"),
    tags: run("git", "tag", "--list", "v*").split("\n"),
    remoteTags: remoteTags.split("\n").map((line) => line.replace(/^.*refs\/tags\//, "")),
    origin,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { notes: { type: "boolean", default: false } } });
  const manifest: Package = JSON.parse(readFileSync("package.json", "utf8"));
  const { version, date, text } = readChangelog();
  if (values.notes) {
    if (version === manifest.version) return void console.log(text);
    throw new Error(`CHANGELOG.md begins with ${version}, and package.json has ${manifest.version}.`);
  }

  const changes = await diff(process.cwd(), []);
  const found = problemsOf({ ...manifest, version }, { ...stateOf(date), isVersionTooLow: !changes.passed });
  for (const problem of found) console.error(problem);
  if (found.length > 0) process.exitCode = 1;

  console.log(`# ${manifest.name} ${version}\n\n${text}\n`);
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

  if (found.length > 0) return;
  const same = version === manifest.version ? " --allow-same-version" : "";
  console.log(`\nRelease it: npm version ${version}${same} && git push --follow-tags`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
