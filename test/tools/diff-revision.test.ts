import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import bundled from "../../generated/openapi.json" with { type: "json" };
import { diff } from "../../scripts/diff/diff-descriptions.js";
import { requiredVersion } from "../../scripts/diff/report.js";
import { edit, project } from "../support/project.js";
import { runScript, start } from "../support/run.js";

const script = path.resolve("scripts/diff.ts");
const now = bundled.info.version;
const next = requiredVersion(now, "minor");
const pageSize = "openapi/components/parameters/PageSize.yaml";
const place = "components/parameters/PageSize/schema/maximum";

/** A repository whose first commit has this project's description, in a folder of it if that is named. */
async function repository(folder = ".", first = "openapi") {
  const top = await project();
  const root = path.join(top, folder);
  if (folder !== ".") {
    await mkdir(root);
    await rename(path.join(top, "openapi"), path.join(root, "openapi"));
  }
  const git = async (...args: string[]) => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    const { status, stdout, stderr } = await start("git", [...identity, ...args], { cwd: root }).ended;
    expect({ args, status, stderr }).toMatchObject({ status: 0 });
    return stdout.trim();
  };
  await start("git", ["init", "--quiet", "--initial-branch=main", top]).ended;
  await git("add", first);
  await git("commit", "--quiet", "--message", "first");
  const commit = (message: string) => git("commit", "--quiet", "--all", "--message", message);
  const setVersion = (from: string, to: string) =>
    edit(root, "openapi/openapi.yaml", (yaml) => yaml.replace(`version: ${from}`, `version: ${to}`));
  const setMaximum = (from: number, to: number) =>
    edit(root, pageSize, (yaml) => yaml.replace(`maximum: ${from}`, `maximum: ${to}`));
  return { top, root, git, commit, setVersion, setMaximum };
}

describe("npm run diff", () => {
  const additive = { passed: false, text: expect.stringContaining("since main is additive") };
  afterEach(() => void vi.unstubAllEnvs());

  test("fails until info.version has moved, and compares with main until there is a release", async () => {
    const { root, git, commit, setVersion, setMaximum } = await repository();
    expect(await diff(root, [])).toEqual({ passed: true, text: expect.stringContaining("Nothing changed since main") });

    await setMaximum(1000, 2000);
    const reason = "`maximum` was 1000 and is 2000: more is accepted.";
    const sentence = `What changed since main is additive (minor): info.version must be ${next} or above, and is`;
    const why = "There is no release tag, and no commit of another version: only what main does not have is compared.";
    const text = `Additive\n  ${place}: ${reason}\n\n${why}\n${sentence} ${now}.\n`;
    expect(await runScript(script, [], { cwd: root })).toEqual({ status: 1, stdout: text, stderr: "" });

    await setVersion(now, next);
    const markdown = `## The API, ${now} → ${next}\n\n### Additive\n\n- \`${place}\`: ${reason}\n\n${sentence} ${next}.\n`;
    const run = await runScript(script, ["main", "--format", "markdown"], { cwd: root });
    expect(run).toEqual({ status: 0, stdout: markdown, stderr: "" });

    await commit("second");
    await git("tag", `v${now}`, "HEAD~1");
    await git("tag", `v${next}`);
    await git("tag", "v99.0.0-rc.1", "HEAD~1");
    expect(await diff(root, [])).toEqual({ passed: true, text: expect.stringContaining(`since v${next}: info`) });
  });

  test("finds a break that main has, by the last commit of another version", async () => {
    const { root, git, commit, setVersion, setMaximum } = await repository();
    const first = await git("rev-parse", "--short", "HEAD");
    await setVersion(now, next);
    await commit("second");
    await setMaximum(1000, 500);
    await commit("a break");
    const why = `There is no release tag: ${first} is the last commit of another version, ${now}.`;
    expect(await diff(root, [])).toEqual({
      passed: false,
      text: expect.stringMatching(new RegExp(`${why}.*breaking`, "s")),
    });
  });

  test("works in a hook, where GIT_DIR is set, of a repository whose folder it is", async () => {
    const { top, root, setMaximum } = await repository("packages");
    await setMaximum(1000, 2000);
    vi.stubEnv("GIT_DIR", path.join(top, ".git")).stubEnv("GIT_WORK_TREE", top);
    expect(await diff(root, [])).toEqual(additive);
    vi.stubEnv("GIT_DIR", ".git").stubEnv("GIT_WORK_TREE", undefined);
    expect(await diff(root, [])).toEqual(additive);
  });

  test("works in a work tree beside the repository", async () => {
    const { top, git } = await repository();
    const tree = path.join(top, "tree");
    await git("worktree", "add", "--quiet", tree);
    await edit(tree, pageSize, (yaml) => yaml.replace("maximum: 1000", "maximum: 2000"));
    expect(await diff(tree, [])).toEqual(additive);
  });

  test("says that all is new when the revision has no description", async () => {
    const { root, git } = await repository(".", "package.json");
    await git("tag", "v0.1.0");
    const text = "There is no description at v0.1.0: all of it is new.";
    expect(await diff(root, [])).toEqual({ passed: true, text });
  });

  test("says what to do when a revision is not there, and where the description cannot be read", async () => {
    const { root } = await repository();
    const missing = "There is no revision v0.9.0 here. In a shallow clone, get them with: git fetch --tags --unshallow";
    await expect(diff(root, ["v0.9.0"])).rejects.toThrow(missing);
    await expect(diff(root, ["--format", "pdf"])).rejects.toThrow("Usage");
    await edit(root, "openapi/components/schemas/Backup.yaml", (text) =>
      text.replace("type: object", "$ref: ./No.yaml"),
    );
    const where = "The description cannot be compared: openapi/components/schemas/ListBackupsResponse.yaml:8:7: Can't";
    const run = await runScript(script, [], { cwd: root });
    expect(run).toEqual({ status: 1, stdout: "", stderr: expect.stringContaining(where) });
  });
});
