import { readdir, readFile } from "node:fs/promises";
import { parseYaml } from "@redocly/openapi-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { checkRelease, dayOf, type Package, type State } from "../scripts/release/check-release.js";
import { repositoryProblem } from "../scripts/release/repository.js";

test.each([
  ["git+https://example.com/o/r.git", "https://example.com/o/r.git", undefined],
  ["git+https://example.com/o/r.git", "git@example.com:o/r.git", undefined],
  ["https://example.com/o/r", "ssh://git@example.com/O/R/", undefined],
  [{ url: "https://example.com/o/r" }, "https://example.com/o/r", undefined],
  ["o/r", "git@github.com:o/r.git", undefined],
  ["github:o/r.git", "https://github.com/o/r", undefined],
  ["gitlab:o/r", "https://gitlab.com/o/r.git", undefined],
  ["bitbucket:o/r", "https://bitbucket.org/o/r", undefined],
  ["https://example.com/o/r", undefined, undefined],
  [undefined, "https://example.com/o/r", "must have `repository`"],
  ["", undefined, "must have `repository`"],
  [{}, undefined, "must have `repository`"],
  ["https://example.com/o/fork", "https://example.com/o/r", "but the remote is https://example.com/o/r"],
  ["o/r", "https://gitlab.com/o/r", "but the remote is https://gitlab.com/o/r"],
])("the problem of the repository %j in package.json with the remote %s is %s", (repository, origin, problem) => {
  expect(repositoryProblem(repository, origin)).toEqual(problem && expect.stringContaining(problem));
});

const origin = "https://example.com/o/r";
const manifest: Package = { name: "p", version: "1.2.0", repository: { url: origin } };
const state: State = {
  date: "2026-11-02",
  today: "2026-11-02",
  branch: "main",
  tags: ["v1.0.0", "v1.1.0", "v2.0.0-rc.1", "vision"],
  remoteTags: ["v1.0.0"],
  isVersionTooLow: false,
  origin,
};

test("a release of a new version from the main branch passes", () => {
  expect(checkRelease(manifest, state)).toEqual([]);
});

test.each<[string, Partial<Package>, Partial<State>, string]>([
  ["an undated section", {}, { date: "unreleased" }, 'dates 1.2.0 "unreleased"'],
  ["a day that does not exist", {}, { date: "2026-02-31" }, "and not yyyy-mm-dd"],
  ["a date in the future", {}, { date: "2026-11-03" }, "in the future"],
  ["another branch", {}, { branch: "feature" }, "The branch is feature"],
  ["no branch", {}, { branch: "HEAD" }, "The branch is HEAD"],
  ["a tag that exists", {}, { tags: ["v1.2.0"] }, "v1.2.0 exists already."],
  ["a tag that the remote has", {}, { remoteTags: ["v1.2.0"] }, "exists already in the remote"],
  ["a version below another", {}, { tags: ["v1.10.0"] }, "1.2.0 is below v1.10.0"],
  ["a version below one that only the remote has", {}, { remoteTags: ["v2.0.0"] }, "1.2.0 is below v2.0.0"],
  ["a pre-release", { version: "1.2.0-rc.1" }, {}, "must be x.y.z"],
  ["a break under the same version", {}, { isVersionTooLow: true }, "see `npm run diff`"],
  ["a private package", { private: true }, {}, "`private`"],
  ["another registry", { publishConfig: { registry: "https://example.com" } }, {}, "`publishConfig`"],
  ["another repository", { repository: { url: `${origin}-fork` } }, {}, "but the remote is"],
  ["no repository", { repository: {} }, {}, "must have `repository`"],
])("a release is stopped by %s", (_, more, change, problem) => {
  expect(checkRelease({ ...manifest, ...more }, { ...state, ...change })).toEqual([expect.stringContaining(problem)]);
});

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ["UTC", "2026-12-01T22:30:00Z", "2026-12-01"],
  ["Europe/Moscow", "2026-12-01T22:30:00Z", "2026-12-02"],
  ["Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01"],
  ["America/Los_Angeles", "2027-01-01T07:59:59Z", "2026-12-31"],
  ["Asia/Kathmandu", "2028-02-28T18:15:00Z", "2028-02-29"],
  ["America/New_York", "2026-11-01T05:30:00Z", "2026-11-01"],
])("the day of a release is that of the maintainer: in %s at %s, %s", (zone, time, day) => {
  vi.stubEnv("TZ", zone);
  expect(dayOf(new Date(time))).toBe(day);
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: unknown;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = await Promise.all(
  (await readdir(".github/workflows")).map(async (file) => {
    const text = await readFile(`.github/workflows/${file}`, "utf8");
    return { file, workflow: parseYaml(text) as Workflow };
  }),
);

describe.each(workflows)("the workflow $file", ({ workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test("a workflow keeps no credentials in a checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const step of checkouts) expect(step.with).toMatchObject({ "persist-credentials": false });
  });

  test("a workflow pins each action to a commit", () => {
    const actions = [...jobs, ...steps].flatMap(({ uses }) => uses ?? []).filter((uses) => !uses.startsWith("./"));
    for (const uses of actions) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  test("a workflow expands no name of a branch or a pull request in a script", () => {
    for (const { run = "" } of steps) {
      const ownText = run.replace(/\$\{\{ secrets\.\w+ != '' && secrets\.\w+ != '' \}\}/, "");
      expect(ownText).not.toContain("${{");
    }
  });

  test("a workflow may write only in jobs that do not run the code of the repository", () => {
    expect(Object.values(workflow.permissions ?? {})).not.toContain("write");
    for (const job of jobs.filter(({ permissions = {} }) => Object.values(permissions).includes("write"))) {
      const commands = (job.steps ?? []).flatMap(({ run, uses }) => run ?? uses ?? "");
      for (const command of commands) expect(command).not.toMatch(/npm (ci|run|test|install)|npx|checkout@/);
    }
  });

  test("a workflow for pull requests has no secrets", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    if (!("pull_request" in workflow.on)) return;
    expect(JSON.stringify(workflow)).not.toContain("secrets.");
  });
});

const { jobs } = workflows.find(({ file }) => file === "release.yml")?.workflow ?? expect.unreachable();
const commandsOf = (job = "") => (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []).join("\n");

test("the release workflow builds apart from the tests, and publishes after both, with an approval", () => {
  expect(commandsOf("build")).toMatch(/npm run build\nnpm pack/);
  expect(commandsOf("build")).not.toMatch(/npm (test|run test)/);
  expect(jobs["publish"]).toMatchObject({ needs: ["test", "build"], environment: "npm" });
  expect(commandsOf("publish")).toMatch(/^npm publish \.\/\*\.tgz --provenance/);
});

test("the release workflow refuses a tag that names another version, and a commit that is not on main", () => {
  expect(commandsOf("build")).toMatch(/test "\$GITHUB_REF_NAME" = "v\$\(node -p/);
  expect(commandsOf("build")).toContain("git merge-base --is-ancestor HEAD origin/main");
});

test("the release workflow publishes the docs itself, because its release does not start another workflow", () => {
  expect(jobs["docs"]).toMatchObject({ needs: "publish", uses: "./.github/workflows/docs.yml" });
});
