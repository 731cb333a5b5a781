import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { type Operation, operationsOf } from "../../scripts/description/operations.js";
import { buildDocs } from "../../scripts/docs/build-docs.js";
import { samplesOf } from "../../scripts/docs/code-samples.js";
import { howToGetOne, launchBrowser, looks, newContext, openDocs } from "../support/browser.js";
import { chooseSample, seesParameters, seesResponses, seesSamples } from "../support/docs-page.js";

type Look = keyof typeof looks;

const description = JSON.parse(await readFile("generated/openapi.json", "utf8"));
const operations = operationsOf(description);
/** The ids of an operation's sections: one below each tag. */
const sectionsOf = ({ id, node }: Operation) =>
  node.at("tags").children.map(({ value }) => `${value}/${id}`.toLowerCase());
const browser = await launchBrowser();

test.runIf(process.env["CI"])("CI has a browser", () => {
  expect(browser, howToGetOne).toBeDefined();
});

describe.skipIf(!browser)(browser ? "the docs page" : `the docs page: skipped. ${howToGetOne}`, () => {
  let site: string;
  /** Requests of the pages to other places, and errors in them. */
  const problems: string[] = [];
  const pages = new Map<Look, Promise<Page>>();

  beforeAll(async () => {
    site = await mkdtemp(path.join(tmpdir(), "site-"));
    await buildDocs(process.cwd(), site);
  });
  afterEach(() => expect(problems.splice(0)).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await rm(site, { recursive: true, force: true });
  });

  /** The page in this look: one for all tests, because opening it takes longer than most of them. */
  function see(look: Look, operationId?: string): Promise<Page> {
    const page = pages.get(look) ?? open(look, operationId);
    pages.set(look, page);
    return page;
  }

  async function open(look: Look, operationId?: string): Promise<Page> {
    if (!browser) throw new Error(howToGetOne);
    const context = await newContext(browser, looks[look]);
    context.setDefaultTimeout(20_000);
    const { href } = pathToFileURL(path.join(site, "index.html"));
    context.on("request", (request) => {
      const [url = ""] = request.url().split("#");
      if (url !== href && !/^(blob|data):/.test(url)) problems.push(`asked for ${url}`);
    });
    context.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    context.on("weberror", (error) => problems.push(error.error().message));
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    return await openDocs(context, site, operationId);
  }

  test("the docs page has a title, a favicon, the description to download, and the quick start in front of all else", async () => {
    const page = await see("desktop");
    const { info } = description;
    expect(await page.title()).toBe(info.title);
    expect(await page.locator('meta[name="description"]').getAttribute("content")).toBe(info.summary);
    expect(await page.locator('link[rel="icon"]').getAttribute("href")).toMatch(/^data:image\/svg\+xml,/);
    expect(await page.locator("h1").textContent()).toBe(`${info.title} (${info.version})`);
    for (const name of ["openapi.yaml", "openapi.json"]) {
      const link = page.getByRole("link", { name, exact: true });
      expect(await link.getAttribute("href")).toBe(name);
    }
    expect(await page.locator("figure svg").boundingBox()).toMatchObject({ width: expect.closeTo(405) });
    expect(await page.locator("td").first().isVisible()).toBe(true);
    expect(await page.locator("h2").first().textContent()).toBe("Quick start");
    expect(await page.locator("pre").first().textContent()).toContain(`from "${packageJson.name}";`);
  });

  test("the docs page loads with all sections open, so that the browser's search finds every operation", async () => {
    const page = await see("desktop");
    expect(new URL(page.url()).hash).toBe("");
    const sections = operations.flatMap(sectionsOf);
    expect(sections.length).toBeGreaterThanOrEqual(operations.length);
    for (const operation of operations) {
      for (const id of sectionsOf(operation)) {
        for (const parameter of operation.parameters) {
          const words = page.locator(`[id="${id}"]`).getByText(parameter.text("name"), { exact: true }).first();
          await words.waitFor({ timeout: 5_000 });
          expect(await words.evaluate(isRendered), id).toBe(true);
        }
      }
    }
    expect(await page.getByRole("button", { name: "+ Show", exact: true }).count()).toBe(0);
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("the docs page can be used by keyboard: its sections, downloads, samples, responses and examples", async () => {
    const page = await see("desktop");
    const wanted = ["Quick start", "Paging", "Errors", "openapi.yaml", "openapi.json", "curl", "200", "Example"];
    await page.evaluate(collectFocused);
    const reached = async () => await page.evaluate("reached");
    for (let presses = 0; presses < 100; presses++) await page.keyboard.press("Tab");
    expect(await reached()).toEqual(expect.arrayContaining(wanted));
  });

  test("the docs page's search for pageToken leads to the parameter", async () => {
    const page = await see("desktop");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search").fill("pageToken");
    await page.getByText("query parameters → pageToken").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const paging = operations.filter(({ parameters }) => parameters.some((one) => one.text("name") === "pageToken"));
    const isThere = (url: string) => paging.some(({ id }) => url.includes(`/${id.toLowerCase()}`));
    await expect.poll(() => page.url()).toSatisfy(isThere);
    const found = page.locator('[id$="/t=request&in=query&path=pagetoken"]').first();
    await expect.poll(async () => (await found.boundingBox())?.y).toBeLessThan(looks.desktop.viewport.height);
  });

  // Each in another look, whose page opens at the operation's deep link in the time in which it opens at all.
  test.concurrent.for(operations.map((operation, index) => ({ operation, index, id: operation.id })))(
    "the docs page shows $id at its deep link, with its parameters, responses, examples and code samples",
    async ({ operation, index }, { expect }) => {
      const { [index + 1]: look = "desktop" } = Object.keys(looks) as Look[];
      const page = look === "desktop" ? await open(look, operation.id) : await see(look, operation.id);
      const section = page.locator(`[data-item-kind="httpItem"][id$="/${operation.id.toLowerCase()}"]`).first();
      await seesParameters(expect, section, operation, looks[look].viewport.height);
      await seesResponses(expect, page, section, operation);
      await seesSamples(expect, page, section, samplesOf(operation, description.servers[0].url));
    },
  );

  test.each(["desktop", "phone"] as const)("the docs page has code that fits its box, in the look %s", async (look) => {
    const page = await see(look);
    for (const panel of await page.locator(".panel-request-samples").all()) await chooseSample(page, panel, "curl");
    const blocks = await page.locator("pre").evaluateAll(measure);
    expect(blocks.filter(({ text }) => text.startsWith("curl "))).not.toEqual([]);
    expect(blocks.filter(({ width, box }) => width > box)).toEqual([]);
  });

  test("the docs page fits a phone, and has its menu behind a button there", async () => {
    const page = await see("phone");
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths).toEqual([390, 390]);
    await page.getByRole("button", { name: "Open navigation menu" }).click();
    await page.getByRole("link", { name: "Errors", exact: true }).click();
    await expect.poll(() => page.url()).toContain("section/errors");
  });

  // Rules that axe calls serious or critical, but a theme cannot mend, because they concern Redoc's own elements.
  const accepted = [
    "label-content-name-mismatch", // the picker of examples is labelled "Example", and shows the chosen one's summary
  ];

  // Two of them have each size and each color scheme.
  const checked = process.env["CI"] ? (Object.keys(looks) as Look[]) : (["desktop", "darkPhone"] as const);
  test.concurrent.each(checked)("the docs page has no serious problem for axe, in the look %s", async (look) => {
    const page = await see(look);
    expect(await page.locator("html").getAttribute("class")).toBe(looks[look].colorScheme);
    await chooseSample(page, page.locator(".panel-request-samples").first(), "Typed client");
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate(
      "axe.run({ resultTypes: ['violations'], selectors: false })",
    )) as AxeResults;
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const found = serious.map(({ id, nodes }) =>
      accepted.includes(id) ? id : `${id}: ${nodes.map(({ html }) => html).join("\n")}`,
    );
    expect(found).toEqual(accepted);
  });
});

/** Runs in the page: whether the browser's search finds the text of an element. */
function isRendered(element: Element): boolean {
  return element.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
}

/** Runs in the page. */
function measure(blocks: Element[]): { text: string; width: number; box: number }[] {
  return blocks.map(({ textContent, scrollWidth, clientWidth }) => {
    return { text: textContent ?? "", width: scrollWidth, box: clientWidth };
  });
}

/** Runs in the page: records the names of the elements that get the focus. */
function collectFocused(): void {
  const reached: string[] = [];
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) reached.push(target.getAttribute("aria-label") ?? target.textContent ?? "");
  });
  Object.assign(window, { reached });
}
