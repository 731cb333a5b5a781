import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseYaml } from "@redocly/openapi-core";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../support/browser.js";
import { type Running, runScript, start } from "../support/run.js";

// Where there is none, nobody sees the page that is watched; docs-page.test.ts says how to get one.
const browser = await launchBrowser();
afterAll(() => browser?.close());

/** A copy of the project, whose description can be edited. */
async function project(): Promise<{ root: string; edit: (from: string, to: string) => Promise<void> }> {
  const root = await mkdtemp(path.join(tmpdir(), "docs-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const name of ["redocly.yaml", "openapi", "package.json", "README.md"]) {
    await cp(name, path.join(root, name), { recursive: true });
  }
  for (const name of ["node_modules", "scripts"]) {
    await symlink(path.resolve(name), path.join(root, name), "junction");
  }
  const spec = path.join(root, "openapi/openapi.yaml");
  const edit = async (from: string, to: string) => {
    const text = await readFile(spec, "utf8");
    expect(text).toContain(from);
    await writeFile(spec, text.replace(from, to));
  };
  return { root, edit };
}

/** Ends a process, loudly, as soon as it tries to reach a host. */
const closedNetwork = `
import dns from "node:dns";
import net from "node:net";
const refuse = (what) => { process.stderr.write("network: " + what); process.exit(99); };
net.Socket.prototype.connect = () => refuse("connect");
dns.lookup = dns.promises.lookup = () => refuse("lookup");
`;

describe("npm run docs", () => {
  test("writes the same page and description each time, and needs no network", async () => {
    const names = ["index.html", "openapi.json", "openapi.yaml"];
    const build = async () => {
      const { root } = await project();
      const closed = path.join(root, "closed.mjs");
      await writeFile(closed, closedNetwork);
      const env = { NODE_OPTIONS: `--import ${pathToFileURL(closed)}` };
      const { status, stderr } = await runScript(path.resolve("scripts/docs.ts"), [], { cwd: root, env });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect((await readdir(path.join(root, "site"))).sort()).toEqual(names);
      return await Promise.all(names.map((name) => readFile(path.join(root, "site", name), "utf8")));
    };
    const builds = await Promise.all([build(), build()]);
    // Compared one by one, because a difference of two whole pages cannot be printed.
    expect(builds[0].map((text, index) => text === builds[1][index])).toEqual([true, true, true]);
    const [page = "", json = "", yaml = ""] = builds[0];
    expect(page).toContain('"disableTelemetry":true');
    expect(json).toBe(await readFile("generated/openapi.json", "utf8"));
    expect(parseYaml(yaml)).toEqual(JSON.parse(json));
  });

  test("refuses a port that is none", async () => {
    const { status, stderr } = await runScript("scripts/docs.ts", ["--watch", "--port=70000"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('but is "70000"') });
  });
});

// Windows has no signals; there, ending npm ends its children.
describe.skipIf(process.platform === "win32")("npm run docs -- --watch", () => {
  async function watch(root: string, until: string) {
    const npm = start("npm", ["run", "docs", "--", "--watch"], { cwd: root });
    await printed(npm, until);
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(npm.stdout)?.[0] ?? "";
    return { npm, url };
  }

  const printed = (npm: Running, text: string) =>
    expect.poll(() => npm.stdout, { timeout: 40_000, interval: 100 }).toContain(text);

  const silent = (url: string) =>
    expect
      .poll(() =>
        fetch(url).then(
          () => "listens",
          () => "silent",
        ),
      )
      .toBe("silent");

  const mistake = ["description: The public endpoint", "x-note: The public endpoint"] as const;
  const rule = "rule/server-has-description";

  test("follows the description, keeps the last good page while that has a problem, and ends with Ctrl-C", async () => {
    const { root, edit } = await project();
    const { npm, url } = await watch(root, "Built the docs");
    const get = async (name: string) => await (await fetch(`${url}${name}`)).text();
    expect(await get("openapi.json")).toBe(await readFile("generated/openapi.json", "utf8"));
    const page = await browser?.newPage();
    onTestFinished(() => page?.close());
    await page?.goto(url);

    const before = await get("openapi.yaml");
    await edit("page by page.", "one page after another.");
    await expect.poll(() => get("openapi.yaml"), { timeout: 40_000, interval: 100 }).not.toBe(before);
    await page?.getByText("one page after another.").first().waitFor();

    const last = await get("");
    await edit(...mistake);
    await printed(npm, rule);
    expect(npm.stdout).toMatch(/^openapi\/openapi\.yaml:\d+:\d+ /m);
    await page?.locator("#problem", { hasText: rule }).waitFor();
    expect(await page?.getByText("one page after another.").first().isVisible()).toBe(page && true);
    expect((await get("")) === last).toBe(true);
    expect((await fetch(`${url}../package.json`)).status).toBe(404);
    npm.signalGroup("SIGINT");
    await npm.ended;
    await silent(url);
  });

  test("starts with a description that has a problem, and ends with npm", async () => {
    const { root, edit } = await project();
    await edit(...mistake);
    const { npm, url } = await watch(root, rule);
    expect(await (await fetch(url)).text()).toContain("EventSource");
    npm.child.kill("SIGTERM");
    await npm.ended;
    await silent(url);
  });
});
