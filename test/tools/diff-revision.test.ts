import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { diff } from "../../scripts/diff/diff-descriptions.js";
import { defaultRevision } from "../../scripts/diff/read-revision.js";
import { requiredVersion } from "../../scripts/diff/report.js";
import { versionTags } from "../../scripts/git.js";
import { temporaryFolder } from "../support/folder.js";
import { bundled, libraryProject, spec } from "../support/library.js";
import { edit } from "../support/project.js";
import { runScript, start } from "../support/run.js";

const script = path.resolve("scripts/diff.ts");
const now = bundled.info.version;
const next = requiredVersion(now, "minor");
const pageSize = "openapi/components/parameters/PageSize.yaml";
const place = "components/parameters/PageSize/schema/maximum";

/** A configuration in which each setting changes the output of a command. */
const hostile = (top: string) => `
[color]
  ui = always
[column]
  ui = always
[core]
  quotePath = true
  autocrlf = true
  pager = false
  attributesFile = ${top}/attributes
[diff]
  external = false
  mnemonicPrefix = true
  noprefix = true
[diff "f"]
  textconv = false
[filter "f"]
  smudge = false
  clean = false
  required = true
[log]
  showSignature = true
  decorate = full
  follow = true
[tag]
  sort = refname
[tar]
  umask = 0777
[versionsort]
  suffix = .0
[status]
  short = true
  branch = true
  showUntrackedFiles = no`;

const run = promisify(execFile);

/** A repository whose first commit has the library's description, in a folder of it if that is named. */
async function repository(folder = ".", first = "openapi") {
  const top = await libraryProject();
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
  const api = `{ root: ${spec}, x-openapi-ts: { output: generated/openapi.ts } }`;
  await writeFile(path.join(root, "redocly.yaml"), `apis: { api: ${api} }\n`);
  await start("git", ["init", "--quiet", "--initial-branch=main", top]).ended;
  await git("add", first, "redocly.yaml");
  await git("commit", "--quiet", "--message", "first");
  const commit = (message: string) => git("commit", "--quiet", "--all", "--message", message);
  const setVersion = (from: string, to: string) =>
    edit(root, "openapi/openapi.yaml", (yaml) => yaml.replace(`version: ${from}`, `version: ${to}`));
  const setMaximum = (from: number, to: number) =>
    edit(root, pageSize, (yaml) => yaml.replace(`maximum: ${from}`, `maximum: ${to}`));
  return { top, root, git, commit, setVersion, setMaximum };
}

const additive = { passed: false, text: expect.stringContaining("since main is additive") };
afterEach(() => void vi.unstubAllEnvs());

test("npm run diff compares with main until there is a release, and fails until info.version is high enough", async () => {
  const { root, git, commit, setVersion, setMaximum } = await repository();
  expect(await diff(root, [])).toEqual({ passed: true, text: expect.stringContaining("Nothing changed since main") });

  await setMaximum(1000, 2000);
  const reason = "`maximum` was 1000 and is 2000: more is accepted.";
  const sentence = `The greatest change since main is additive (minor): info.version must be ${next} or above, and is`;
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

test("npm run diff finds a break on main by the last commit of another version", async () => {
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

test("npm run diff works in a hook, where GIT_DIR is set, of a repository in a folder above", async () => {
  const { top, root, setMaximum } = await repository("packages");
  await setMaximum(1000, 2000);
  vi.stubEnv("GIT_DIR", path.join(top, ".git")).stubEnv("GIT_WORK_TREE", top);
  expect(await diff(root, [])).toEqual(additive);
  vi.stubEnv("GIT_DIR", ".git").stubEnv("GIT_WORK_TREE", undefined);
  expect(await diff(root, [])).toEqual(additive);
});

test("npm run diff works in a work tree beside the repository", async () => {
  const { top, git } = await repository();
  const tree = path.join(top, "tree");
  await git("worktree", "add", "--quiet", tree);
  await edit(tree, pageSize, (yaml) => yaml.replace("maximum: 1000", "maximum: 2000"));
  expect(await diff(tree, [])).toEqual(additive);
});

test("npm run diff does not depend on the user's configuration of Git or a hook's environment", async () => {
  const { top, root, git, commit, setMaximum } = await repository("a b");
  await git("tag", "v1.9.0");
  await setMaximum(1000, 2000);
  await commit("second");
  await git("tag", "v1.10.0", "HEAD~1");
  await writeFile(path.join(top, "attributes"), "* text eol=crlf ident export-ignore export-subst filter=f diff=f\n");
  await writeFile(path.join(top, "config"), hostile(top));
  const expected = await diff(root, []);
  expect(expected).toEqual({ passed: false, text: expect.stringContaining("since v1.10.0 is additive") });
  vi.stubEnv("GIT_CONFIG_GLOBAL", path.join(top, "config")).stubEnv("GIT_ICASE_PATHSPECS", "1");
  vi.stubEnv("GIT_INDEX_FILE", "nowhere").stubEnv("GIT_OBJECT_DIRECTORY", "nowhere").stubEnv("GIT_PREFIX", "a b/");
  expect(await diff(root, [])).toEqual(expected);
  expect(await versionTags(root)).toEqual(["v1.10.0", "v1.9.0"]);
});

let origin = "";
beforeAll(async () => {
  origin = await mkdtemp(path.join(tmpdir(), "origin-"));
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: origin });
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "uploadpack.allowFilter", "true");
  await mkdir(path.join(origin, "openapi"));
  for (const version of ["1.0.0", "1.1.0", "1.1.0 # 2", "1.1.0 # 3"]) {
    await writeFile(path.join(origin, "openapi/openapi.yaml"), `info:\n  version: ${version}\n`);
    await git("add", ".");
    await git("commit", "--quiet", "--message", version);
  }
  await git("tag", "v1.1.0", "HEAD~1");
});
afterAll(() => rm(origin, { recursive: true }));

const shallow = "There is no release tag in this shallow clone. Get what is missing with: git fetch --tags --unshallow";
const other = /^[0-9a-f]+ is the last commit of another version, 1\.0\.0\.$/;
test.each<[options: string, since: RegExp | string]>([
  ["", "v1.1.0"],
  ["--depth=1", shallow],
  ["--depth=2", "v1.1.0"],
  ["--depth=2 --no-tags", shallow],
  ["--depth=9 --no-tags", other],
  ["--no-tags", other],
  ["--no-tags --filter=blob:none", other],
])("in a clone made with %j, npm run diff compares with a release or says how to get it", async (options, expected) => {
  const folder = await temporaryFolder();
  await run("git", ["clone", "--quiet", ...options.split(" ").filter(Boolean), `file://${origin}`, folder]);
  const found = await defaultRevision(folder, spec, "1.1.0").then(
    ({ since, why }) => why?.replace("There is no release tag: ", "") ?? since,
    (error: Error) => error.message,
  );
  expect(found).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
});

test("npm run diff shows the error of Git where there is no readable repository", async () => {
  const { root } = await repository();
  await expect(defaultRevision(tmpdir(), spec, now)).rejects.toThrow(/^git rev-parse failed: .*not a git repository/);
  vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
  await expect(defaultRevision(root, spec, now)).rejects.toThrow("dubious ownership");
  vi.stubEnv("PATH", root);
  await expect(defaultRevision(root, spec, now)).rejects.toThrow("Git is not installed");
});

test("npm run diff passes when the revision has no description", async () => {
  const { root, git } = await repository(".", "package.json");
  await git("tag", "v0.1.0");
  const text = "The description does not exist at v0.1.0: all of it is new.";
  expect(await diff(root, [])).toEqual({ passed: true, text });
});

test("npm run diff names the command for a missing revision, and the place of a missing file", async () => {
  const { root } = await repository();
  const missing = /^There is no revision v0\.9\.0 here\. Get what is missing with: git fetch --tags$/;
  await expect(diff(root, ["v0.9.0"])).rejects.toThrow(missing);
  await expect(diff(root, ["--format", "pdf"])).rejects.toThrow("Usage");
  await edit(root, "openapi/components/schemas/Book.yaml", (text) => text.replace("type: object", "$ref: ./No.yaml"));
  const where = "The description cannot be compared: openapi/components/schemas/ListBooksResponse.yaml:8:7: Can't";
  const run = await runScript(script, [], { cwd: root });
  expect(run).toEqual({ status: 1, stdout: "", stderr: expect.stringContaining(where) });
});
