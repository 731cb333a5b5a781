import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { descriptionFile, get, listens } from "../support/mock.js";
import { runScript, start, startScript } from "../support/run.js";

const { name, version: packageVersion } = packageJson;
const container = ["--fork", "--pid", "--mount-proc"];

test.each([
  [["--seed", "x"], 2, '--seed must be a whole number from 0 to 4294967295, but is "x"'],
  [["--backupz", "5"], 2, "The description has no list backupz; its lists: backups"],
  [["--spec", "nowhere.yaml"], 1, "nowhere.yaml"],
])("the command refuses %j with the status %i and one line", async (args, status, message) => {
  const run = await runScript("src/cli.ts", ["mock", ...args]);
  const lines = run.stderr.trimEnd().split("\n");
  expect({ status: run.status, lines }).toEqual({ status, lines: [expect.stringContaining(message)] });
});

test("the command prints its version, and its usage with a command that npm can run anywhere", async () => {
  const [help, none, version] = await Promise.all(
    [["--help"], [], ["--version"]].map((args) => runScript("src/cli.ts", args)),
  );
  // npx takes the first word for a package: another name would run somebody else's.
  expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining(`Usage: npx ${name} mock`), stderr: "" });
  expect(none).toMatchObject({ status: 2, stdout: "", stderr: help?.stdout });
  expect(version).toEqual({ status: 0, stdout: `${packageVersion}\n`, stderr: "" });
});

test.skipIf(process.platform === "win32").each([
  ["SIGINT", "Loading Prism"],
  ["SIGHUP", "Ctrl-C stops it"],
] as const)("the command ends at once by %s when it has printed %j", async (signal, printed) => {
  const command = startScript("src/cli.ts", ["mock"]);
  await expect.poll(() => command.stdout, { timeout: 30_000, interval: 10 }).toContain(printed);
  command.child.kill(signal);
  await command.ended;
  expect(command.child.signalCode).toBe(signal);
  expect(command.stderr).toBe("");
});

// The kernel gives process 1 of a container no signal that it has no handler for.
test
  .skipIf(spawnSync("unshare", [...container, "true"]).status !== 0)
  .each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const)(
  "the command ends by %s as process 1 of a container",
  async (signal) => {
    const command = start("unshare", [
      ...container,
      process.execPath,
      "--import",
      "jiti/register",
      "src/cli.ts",
      "mock",
    ]);
    await expect.poll(() => command.stdout, { timeout: 30_000, interval: 100 }).toContain("Ctrl-C stops it");
    const { pid } = command.child;
    process.kill(Number(await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")), signal);
    expect(await command.ended).toMatchObject({ status: 128 + constants.signals[signal], stderr: "" });
  },
);

test("the command serves the last good version of a description that it watches, until SIGINT", async () => {
  const spec = await descriptionFile(() => {});
  const change = async (from: string, to: string) => writeFile(spec, (await readFile(spec, "utf8")).replace(from, to));
  const command = startScript("src/cli.ts", ["mock", "--spec", spec, "--watch", "--backups", "5"]);
  await expect.poll(() => command.stdout, { timeout: 30_000, interval: 100 }).toContain("Ctrl-C");
  const url = /"(http:.*\/backups)"/.exec(command.stdout)?.[1] ?? "";
  const status = async () => (await get(`${url}?pageSize=501`)).status;
  expect(await status()).toBe(200);
  await change('"maximum":1000', '"maximum":500');
  await expect.poll(status, { timeout: 30_000, interval: 100 }).toBe(400);
  await change("{", "");
  await expect
    .poll(() => command.stderr, { timeout: 30_000, interval: 100 })
    .toContain("the last version is still served");
  expect((await get(url)).body.backups).toHaveLength(5);
  await change("", "{");
  await change('"maximum":500', '"maximum":1000');
  await expect.poll(status, { timeout: 30_000, interval: 100 }).toBe(200);
  command.child.kill("SIGINT");
  await command.ended;
  expect(command.child.signalCode).toBe("SIGINT");
});

// Windows does not have signals; there, ending npm ends its children.
test.skipIf(process.platform === "win32").each(["SIGTERM to npm", "Ctrl-C"])(
  "npm run mock prints a curl line that works, and after %s nothing listens",
  async (how) => {
    const npm = start("npm", ["run", "mock"]);
    await expect.poll(() => npm.stdout, { timeout: 30_000, interval: 100 }).toContain("Ctrl-C");
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(npm.stdout)?.[0] ?? "";
    const [, line = ""] = /^ {2}curl (.*backups")$/m.exec(npm.stdout) ?? [];
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    const curl = await start("curl", ["-s", ...args]).ended;
    expect(JSON.parse(curl.stdout)).toMatchObject({ nextPageToken: expect.any(String) });
    if (how === "Ctrl-C") npm.signalGroup("SIGINT");
    else npm.child.kill("SIGTERM");
    await npm.ended;
    await expect.poll(() => listens(url), { timeout: 30_000 }).toBe(false);
  },
);

test.skipIf(process.platform === "win32")(
  "npm run mock leaves no process when it is ended while Prism loads",
  async () => {
    const npm = start("npm", ["run", "mock", "--", "--watch"]);
    await expect.poll(() => npm.stdout, { timeout: 30_000 }).toContain("Loading Prism");
    npm.child.kill("SIGTERM");
    await npm.ended; // not before the pipes are closed, which the server would hold open
  },
);
