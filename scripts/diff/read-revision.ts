// Chooses the revision to compare with, and reads its description.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bundle, createConfig, getLineColLocation, parseYaml } from "@redocly/openapi-core";
import type { Description } from "./canonical-description.js";

const run = promisify(execFile);
const file = "openapi/openapi.yaml";
const advice = "In a shallow clone, get them with: git fetch --tags --unshallow";

/**
 * The newest release before this commit, or else the last commit that describes another version, or else the main branch.
 * `why` says so when it is no release.
 */
export async function defaultRevision(root: string, version: string): Promise<{ since: string; why?: string }> {
  if (!(await exists(root, "HEAD"))) throw new Error("There is no commit here to compare with.");
  const tags = await git(root, "tag", "--list", "v*", "--sort=-version:refname", "--merged", "HEAD");
  const release = tags.split("\n").find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
  if (release) return { since: release };
  const commits = (await git(root, "log", "--format=%h", "--", file)).split("\n").filter(Boolean);
  for (const commit of commits) {
    const other = await versionAt(root, commit);
    const why = `There is no release tag: ${commit} is the last commit of another version, ${other}.`;
    if (other !== undefined && other !== version) return { since: commit, why };
  }
  for (const since of ["main", "origin/main"]) {
    const why = `There is no release tag, and no commit of another version: only what ${since} does not have is compared.`;
    if (await exists(root, since)) return { since, why };
  }
  throw new Error(`There is no release tag, no commit of another version and no main branch here. ${advice}`);
}

/** The description at a revision, bundled, or nothing where it has none. */
export async function descriptionAt(root: string, revision: string): Promise<Description | undefined> {
  if (!(await exists(root, revision))) throw new Error(`There is no revision ${revision} here. ${advice}`);
  if ((await rootFileAt(root, revision)) === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "revision-"));
  try {
    const archive = path.join(folder, "openapi.tar");
    await git(root, "archive", `--output=${archive}`, revision, "openapi");
    await run("tar", ["-xf", archive, "-C", folder]);
    return await descriptionIn(folder, `The description at ${revision}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The description in a folder, bundled. */
export async function descriptionIn(root: string, name = "The description"): Promise<Description> {
  const { bundle: document, problems } = await bundle({ ref: path.join(root, file), config: await createConfig({}) });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  const [place] = problem?.location ?? [];
  if (!problem || !place) return document.parsed as Description;
  const { start } = getLineColLocation(place);
  const where = `${path.relative(root, place.source.absoluteRef)}:${start.line}:${start.col}`;
  throw new Error(`${name} cannot be compared: ${where}: ${problem.message}`);
}

function rootFileAt(root: string, revision: string): Promise<string | undefined> {
  return git(root, "show", `${revision}:./${file}`).catch(() => undefined);
}

/** Its `info.version`, unless there was none or the file could not be read. */
async function versionAt(root: string, revision: string): Promise<string | undefined> {
  try {
    const { info } = parseYaml((await rootFileAt(root, revision)) ?? "{}") as Partial<Description>;
    return info && String(info.version);
  } catch {
    return undefined;
  }
}

function exists(root: string, revision: string): Promise<boolean> {
  return git(root, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`).then(
    () => true,
    () => false,
  );
}

/** Runs Git in a folder. A Git hook sets `GIT_DIR`, with which Git would take the folder for the whole work tree. */
async function git(root: string, ...args: string[]): Promise<string> {
  const { GIT_DIR: _, GIT_WORK_TREE: __, ...env } = process.env;
  return (await run("git", args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
}
