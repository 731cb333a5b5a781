// Runs Git by its plumbing commands (`rev-list`, `ls-tree`, `cat-file`, …), whose output does not depend on a user's
// configuration. That of `log`, `show`, `tag` and `archive` has a user's colors, columns, signatures and filters.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The variables that tell Git of another repository, or how to read a path. Git sets some of them for a hook. */
const misleading =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|(ALTERNATE_)?OBJECT_DIRECTOR(Y|IES)|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|(LITERAL|(NO)?GLOB|ICASE)_PATHSPECS)$/i;

/** Git failed, with this exit status. */
class GitError extends Error {
  readonly status: unknown;

  constructor(message: string, status: unknown) {
    super(message);
    this.status = status;
  }
}

/**
 * Runs Git in a folder, with the repository that the folder is in. Paths are taken as they are.
 *
 * @returns its output
 * @throws {Error} with its error output, for example that the folder belongs to another user
 */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)));
  try {
    const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
    return (await promisify(execFile)("git", ["--literal-pathspecs", ...args], options)).stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { readonly code?: unknown; readonly stderr?: string };
    if (code === "ENOENT") throw new GitError("Git is not installed here.", code);
    throw new GitError(`git ${args[0]} failed: ${stderr.trim() || code}`, code);
  }
}

/** The id of a revision's commit; undefined when it does not exist. @throws {Error} where there is no repository */
export async function commitOf(folder: string, revision: string): Promise<string | undefined> {
  try {
    return (await git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`)).trim();
  } catch (error) {
    if (error instanceof GitError && error.status === 1) return undefined;
    throw error;
  }
}

/** The names of the tags that begin with `v`. @param options `--merged=HEAD` for those that HEAD can reach */
export async function versionTags(folder: string, ...options: string[]): Promise<string[]> {
  const names = await git(folder, "for-each-ref", ...options, "--format=%(refname:strip=2)", "refs/tags/v*");
  return names.split("\n").filter(Boolean);
}
