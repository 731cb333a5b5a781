// Chooses the revision to compare with, and reads its description.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, createConfig, getLineColLocation, parseYaml } from "@redocly/openapi-core";
import semver from "semver";
import { commitOf, git, versionTags } from "../git.js";
import type { Description } from "./canonical-description.js";

/**
 * The revision to compare a description with, by its root file: the newest release before this commit, or else the last
 * commit that describes another version, or else the main branch. `why` is set unless it is a release.
 *
 * @throws {Error} in a shallow clone without a release, where a commit of another version can be missing, too
 */
export async function defaultRevision(
  root: string,
  spec: string,
  version: string,
): Promise<{ since: string; why?: string }> {
  if (!(await commitOf(root, "HEAD"))) throw new Error("There is no commit here to compare with.");
  const tags = (await versionTags(root, "--merged=HEAD")).filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
  const release = tags.sort(semver.rcompare)[0];
  if (release) return { since: release };
  const { isShallow, advice } = await missing(root);
  if (isShallow) throw new Error(`There is no release tag in this shallow clone. ${advice}`);
  const reason = "There is no release tag";
  const commits = (await git(root, "rev-list", "--abbrev-commit", "HEAD", "--", spec)).split("\n").filter(Boolean);
  for (const commit of commits) {
    const other = await versionAt(root, spec, commit);
    const why = `${reason}: ${commit} is the last commit of another version, ${other}.`;
    if (other !== undefined && other !== version) return { since: commit, why };
  }
  for (const since of ["main", "origin/main"]) {
    const why = `${reason}, and no commit of another version: only what ${since} does not have is compared.`;
    if (await commitOf(root, since)) return { since, why };
  }
  throw new Error(`${reason}, no commit of another version and no main branch here. ${advice}`);
}

/** The bundled description at a revision; undefined when it does not exist there. */
export async function descriptionAt(root: string, spec: string, revision: string): Promise<Description | undefined> {
  const commit = await commitOf(root, revision);
  if (!commit) throw new Error(`There is no revision ${revision} here. ${(await missing(root)).advice}`);
  const files = await filesAt(root, commit, path.posix.dirname(spec));
  if (!files.has(spec)) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "revision-"));
  try {
    for (const [name, id] of files) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), await textOf(root, id));
    }
    return await descriptionIn(folder, spec, `The description at ${revision}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The description in a folder, bundled. */
export async function descriptionIn(root: string, spec: string, name = "The description"): Promise<Description> {
  const { bundle: document, problems } = await bundle({ ref: path.join(root, spec), config: await createConfig({}) });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  const [place] = problem?.location ?? [];
  if (!problem || !place) return document.parsed as Description;
  const { start } = getLineColLocation(place);
  const where = `${path.relative(root, place.source.absoluteRef)}:${start.line}:${start.col}`;
  throw new Error(`${name} cannot be compared: ${where}: ${problem.message}`);
}

/** Whether a clone lacks commits, and how to get them. In a complete one, Git refuses `--unshallow`. */
async function missing(root: string): Promise<{ isShallow: boolean; advice: string }> {
  const isShallow = (await git(root, "rev-parse", "--is-shallow-repository")).trim() === "true";
  return { isShallow, advice: `Get what is missing with: git fetch --tags${isShallow ? " --unshallow" : ""}` };
}

/** The ids of the files of a folder, or of one file, at a commit, by their names. */
async function filesAt(root: string, commit: string, name: string): Promise<ReadonlyMap<string, string>> {
  const entries = (await git(root, "ls-tree", "-r", "-z", commit, "--", name)).split("\0").filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [status = "", path = ""] = entry.split("\t");
      return [path, status.split(" ")[2] ?? ""];
    }),
  );
}

/** The text of a file, without the conversions that attributes ask for. */
function textOf(root: string, id: string): Promise<string> {
  return git(root, "cat-file", "blob", id);
}

/** Its `info.version`; undefined when it is missing or cannot be parsed. */
async function versionAt(root: string, spec: string, commit: string): Promise<string | undefined> {
  const id = (await filesAt(root, commit, spec)).get(spec);
  const text = id === undefined ? "{}" : await textOf(root, id);
  try {
    const { info } = parseYaml(text) as Partial<Description>;
    return info && String(info.version);
  } catch {
    return undefined;
  }
}
