// @ts-check
// The description at another revision.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bundle, createConfig } from "@redocly/openapi-core";

const run = promisify(execFile);

/**
 * The newest release tag, or else the main branch.
 * @param {string} root
 */
export async function defaultRevision(root) {
  const tags = await git(root, "tag", "--list", "v*", "--sort=-version:refname");
  const release = tags.split("\n").find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
  if (release) return release;
  for (const branch of ["main", "origin/main"]) if (await exists(root, branch)) return branch;
  throw new Error(`There is no release tag and no main branch here. ${advice}`);
}

/**
 * @param {string} root
 * @param {string} revision
 * @returns {Promise<Record<string, unknown>>} the description at that revision, bundled
 */
export async function descriptionAt(root, revision) {
  if (!(await exists(root, revision))) throw new Error(`There is no revision ${revision} here. ${advice}`);
  const folder = await mkdtemp(path.join(tmpdir(), "revision-"));
  try {
    const archive = path.join(folder, "openapi.tar");
    await git(root, "archive", `--output=${archive}`, revision, "openapi");
    await run("tar", ["-xf", archive, "-C", folder]);
    return await descriptionIn(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string} root
 * @returns {Promise<Record<string, unknown>>} the description in a folder, bundled
 */
export async function descriptionIn(root) {
  const config = await createConfig({});
  const { bundle: document, problems } = await bundle({ ref: path.join(root, "openapi/openapi.yaml"), config });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  if (problem) throw new Error(`The description cannot be compared: ${problem.message}`);
  return /** @type {Record<string, unknown>} */ (document.parsed);
}

const advice = "In a shallow clone, get them with: git fetch --tags --unshallow";

/**
 * @param {string} root
 * @param {string} revision
 */
function exists(root, revision) {
  return git(root, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`).then(
    () => true,
    () => false,
  );
}

/**
 * @param {string} root
 * @param {string[]} args
 */
async function git(root, ...args) {
  return (await run("git", args, { cwd: root })).stdout;
}
