// Checks that a version can be released, which `npm version` then commits and tags. A pushed tag makes the workflow
// publish it: a maintainer needs no token of the registry, and each published package can be traced to its commit.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { diff } from "./diff/diff-descriptions.js";
import { git, versionTags } from "./git.js";
import { checkRelease, dayOf, type Package, type State } from "./release/check-release.js";
import { runScript } from "./run-script.js";

function npm(...args: string[]): string {
  return execFileSync("npm", args, { encoding: "utf8", shell: process.platform === "win32" }).trim();
}

/** The first section of the changelog, whose version is the one to release. */
function readChangelog(): { version: string; date: string; text: string } {
  const [, section = ""] = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const [heading = "", ...lines] = section.split("\n");
  const [version = "", date = ""] = heading.trim().split(", ");
  return { version, date, text: lines.join("\n").trim() };
}

/** The state of the working tree, with the date of the release. */
async function stateOf(date: string): Promise<Omit<State, "isVersionTooLow">> {
  const root = process.cwd();
  const hasRemote = (await git(root, "remote")).split("\n").includes("origin");
  const remoteTags = hasRemote ? await git(root, "ls-remote", "--tags", "--refs", "origin", "v*") : "";
  return {
    date,
    today: dayOf(new Date()),
    branch: (await git(root, "branch", "--show-current")).trim() || "HEAD",
    tags: await versionTags(root),
    remoteTags: remoteTags.split("\n").map((line) => line.replace(/^.*refs\/tags\//, "")),
    origin: hasRemote ? (await git(root, "remote", "get-url", "origin")).trim() : undefined,
  };
}

async function main(): Promise<void> {
  const boolean = { type: "boolean", default: false } as const;
  // It never changes anything, whether it is asked for a dry run or not.
  const { values } = parseArgs({ options: { notes: boolean, "dry-run": boolean } });
  const manifest: Package = JSON.parse(readFileSync("package.json", "utf8"));
  const { version, date, text } = readChangelog();
  if (values.notes) {
    if (version === manifest.version) return void console.log(text);
    throw new Error(`CHANGELOG.md begins with ${version}, and package.json has ${manifest.version}.`);
  }

  const changes = await diff(process.cwd(), []);
  const state = await stateOf(date);
  const found = checkRelease({ ...manifest, version }, { ...state, isVersionTooLow: !changes.passed });
  for (const problem of found) console.error(problem);
  if (found.length > 0) process.exitCode = 1;

  console.log(`# ${manifest.name} ${version}\n\n${text}\n`);
  console.log(`## The changes of the description\n\n${changes.text}\n`);

  npm("run", "--silent", "build");
  const [{ files, size, unpackedSize }] = JSON.parse(npm("pack", "--dry-run", "--json", "--ignore-scripts"));
  console.log(`## The tarball: ${files.length} files, ${size} bytes packed, ${unpackedSize} unpacked\n`);
  for (const file of files) console.log(`${String(file.size).padStart(8)}  ${file.path}`);

  const { components } = JSON.parse(npm("sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--omit", "peer"));
  console.log("\n## The bill of materials\n");
  for (const { purl } of components) console.log(`- ${purl}`);

  if (found.length > 0) return;
  const same = version === manifest.version ? " --allow-same-version" : "";
  console.log(`\nRelease it: npm version ${version}${same} && git push --atomic --follow-tags`);
}

await runScript(main);
