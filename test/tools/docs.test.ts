import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseYaml } from "@redocly/openapi-core";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { buildDocs } from "../../scripts/docs/build-docs.js";
import { launchBrowser } from "../support/browser.js";
import { temporaryFolder } from "../support/folder.js";
import { listens } from "../support/mock.js";
import { edit, project } from "../support/project.js";
import { type Running, runScript, start } from "../support/run.js";

// Without a browser, the watched page is not looked at; docs-page.test.ts says how to get one.
const browser = await launchBrowser();
afterAll(() => browser?.close());

/** A copy of the project, whose description can be edited. */
async function docsProject() {
  const root = await project("README.md", "scripts");
  const change = (from: string, to: string) => edit(root, "openapi/openapi.yaml", (text) => text.replace(from, to));
  return { root, change };
}

test("the docs have the same page and description each time", async () => {
  const names = ["index.html", "openapi.json", "openapi.yaml"];
  const build = async () => {
    const site = path.join(await temporaryFolder(), "site");
    await buildDocs(process.cwd(), site);
    expect((await readdir(site)).sort()).toEqual(names);
    return await Promise.all(names.map((name) => readFile(path.join(site, name), "utf8")));
  };
  const builds = [await build(), await build()] as const;
  // Compared one by one, because a difference of two whole pages cannot be printed.
  expect(builds[0].map((text, index) => text === builds[1][index])).toEqual([true, true, true]);
  const [page = "", json = "", yaml = ""] = builds[0];
  expect(page).toContain('"disableTelemetry":true');
  expect(json).toBe(await readFile("generated/openapi.json", "utf8"));
  expect(parseYaml(yaml)).toEqual(JSON.parse(json));
});

test("npm run docs refuses a port above 65535", async () => {
  const { status, stderr } = await runScript("scripts/docs.ts", ["--watch", "--port=70000"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('but is "70000"') });
});

// Windows does not have signals; there, ending npm ends its children.
describe.skipIf(process.platform === "win32")("npm run docs -- --watch", () => {
  async function watch(root: string, until: string) {
    const npm = start("npm", ["run", "docs", "--", "--watch"], { cwd: root });
    await printed(npm, until);
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(npm.stdout)?.[0] ?? "";
    return { npm, url };
  }

  const printed = (npm: Running, text: string) =>
    expect.poll(() => npm.stdout, { timeout: 40_000, interval: 100 }).toContain(text);

  const silent = (url: string) => expect.poll(() => listens(url)).toBe(false);

  const mistake = ["description: The public endpoint", "x-note: The public endpoint"] as const;
  const rule = "rule/server-has-description";

  test("npm run docs -- --watch follows the description, keeps the last good page while that has a problem, and ends with Ctrl-C", async () => {
    const { root, change } = await docsProject();
    const { npm, url } = await watch(root, "Built the docs");
    const get = async (name: string) => await (await fetch(`${url}${name}`)).text();
    expect(await get("openapi.json")).toBe(await readFile("generated/openapi.json", "utf8"));
    const page = await browser?.newPage();
    onTestFinished(() => page?.close());
    await page?.goto(url);

    const before = await get("openapi.yaml");
    await change("page by page.", "one page after another.");
    await expect.poll(() => get("openapi.yaml"), { timeout: 40_000, interval: 100 }).not.toBe(before);
    await page?.getByText("one page after another.").first().waitFor();

    const last = await get("");
    await change(...mistake);
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

  test("npm run docs -- --watch starts with a description that has a problem, and ends with npm", async () => {
    const { root, change } = await docsProject();
    await change(...mistake);
    const { npm, url } = await watch(root, rule);
    expect(await (await fetch(url)).text()).toContain("EventSource");
    npm.child.kill("SIGTERM");
    await npm.ended;
    await silent(url);
  });
});
