import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, type ExpectStatic, expect, test } from "vitest";
import { howToGetOne, launchBrowser, looks, newContext, openDocs } from "../scripts/docs/browser.js";
import { buildDocs } from "../scripts/docs/build-page.js";
import { samplesOf } from "../scripts/docs/code-samples.js";
import { dereference, type Operation, operationsOf, type Schema } from "../scripts/docs/description.js";
import { takeScreenshots } from "../scripts/docs/screenshots.js";

type Look = keyof typeof looks;

const description = await dereference(await readFile("generated/openapi.json", "utf8"));
const operations = operationsOf(description);
const [{ operationId: someId }] = operations as [Operation];
const browser = await launchBrowser();

test.runIf(process.env["CI"])("CI has a browser", () => {
  expect(browser, howToGetOne).toBeDefined();
});

describe.skipIf(!browser)(browser ? "the docs page" : `the docs page: skipped. ${howToGetOne}`, () => {
  let site: string;
  /** What the pages of a test asked for from elsewhere, and what went wrong in them. */
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

  test("has a title, a description for search engines, a favicon of its own and the description to download", async () => {
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
  });

  test("has the quick start in front of all other sections", async () => {
    const page = await see("desktop");
    expect(await page.locator("h2").first().textContent()).toBe("Quick start");
    expect(await page.locator("pre").first().textContent()).toContain('from "managed-mysql-client";');
  });

  test("stands open as it loads, so that the browser's search finds every operation", async () => {
    const page = await see("desktop");
    expect(new URL(page.url()).hash).toBe("");
    const sections = operations.flatMap(({ operationId, tags }) => tags.map((tag) => idOf(tag, operationId)));
    expect(sections).toEqual(expect.arrayContaining(["cluster/listbackups", "backup/listbackups"]));
    for (const id of sections) {
      for (const word of ["pageSize", "nextPageToken"]) {
        const words = page.locator(`[id="${id}"]`).getByText(word, { exact: true }).first();
        await words.waitFor({ timeout: 5_000 });
        expect(await words.evaluate(isRendered), id).toBe(true);
      }
    }
    expect(await page.getByRole("button", { name: "+ Show", exact: true }).count()).toBe(0);
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("is reached by keyboard: its sections, downloads, samples, responses and examples", async () => {
    const page = await see("desktop");
    const wanted = ["Quick start", "Paging", "Errors", "openapi.yaml", "openapi.json", "curl", "200", "Example"];
    await page.evaluate(collectFocused);
    const reached = async () => await page.evaluate("reached");
    for (let presses = 0; presses < 100; presses++) await page.keyboard.press("Tab");
    expect(await reached()).toEqual(expect.arrayContaining(wanted));
  });

  test("is searched for pageToken, and leads to the parameter", async () => {
    const page = await see("desktop");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search").fill("pageToken");
    await page.getByText("query parameters → pageToken").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain(`/${someId.toLowerCase()}`);
    const found = page.locator('[id$="/t=request&in=query&path=pagetoken"]').first();
    await expect.poll(async () => (await found.boundingBox())?.y).toBeLessThan(looks.desktop.viewport.height);
  });

  // Each in another look, whose page opens at the operation's deep link in the time in which it opens at all.
  test.concurrent.for(operations.map((operation, index) => ({ operation, index, id: operation.operationId })))(
    "shows $id at its deep link, with its parameters, responses, examples and code samples",
    async ({ operation, index }, { expect }) => {
      const { [index + 1]: look = "desktop" } = Object.keys(looks) as Look[];
      const page =
        look === "desktop" ? await open(look, operation.operationId) : await see(look, operation.operationId);
      const section = page
        .locator(`[data-item-kind="httpItem"][id$="/${operation.operationId.toLowerCase()}"]`)
        .first();
      await seesParameters(expect, section, operation, looks[look].viewport.height);
      await seesResponses(expect, page, section, operation);
      await seesSamples(expect, page, section, operation);
    },
  );

  test.each(["desktop", "phone"] as const)("has no code that runs out of its box, in the look %s", async (look) => {
    const page = await see(look);
    for (const panel of await page.locator(".panel-request-samples").all()) await chooseSample(page, panel, "curl");
    const blocks = await page.locator("pre").evaluateAll(measure);
    expect(blocks.filter(({ text }) => text.startsWith("curl "))).not.toEqual([]);
    expect(blocks.filter(({ width, box }) => width > box)).toEqual([]);
  });

  test("fits a phone, and has its menu behind a button there", async () => {
    const page = await see("phone");
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths).toEqual([390, 390]);
    await page.getByRole("button", { name: "Open navigation menu" }).click();
    await page.getByRole("link", { name: "Errors", exact: true }).click();
    await expect.poll(() => page.url()).toContain("section/errors");
  });

  test("has its pictures taken on demand", async () => {
    const names = await takeScreenshots(browser as Browser, site, { phone: looks.phone });
    expect(names).toEqual(["screenshots/phone-overview.png", `screenshots/phone-${someId}.png`]);
    for (const name of names) {
      const picture = await readFile(path.join(site, name));
      expect({ type: picture.toString("latin1", 1, 4), width: picture.readUInt32BE(16) }).toEqual({
        type: "PNG",
        width: 390,
      });
    }
  });

  // What axe calls serious or critical and no theme can mend, because it is in Redoc's own elements.
  const accepted = [
    "label-content-name-mismatch", // the picker of examples is labelled "Example", and shows the chosen one's summary
  ];

  test.concurrent.each(Object.keys(looks) as Look[])("has no serious fault for axe, in the look %s", async (look) => {
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

async function seesParameters(expect: ExpectStatic, section: Locator, operation: Operation, height: number) {
  const heading = section.getByRole("heading", { name: operation.summary });
  await heading.waitFor();
  await expect.poll(async () => (await heading.boundingBox())?.y).toSatisfy((y: number) => y >= 0 && y < height);
  expect(await section.getByText(operation.path, { exact: true }).first().isVisible()).toBe(true);
  for (const { name, in: place, required, schema, example } of operation.parameters) {
    const id = `t=request&in=${place}&path=${name.toLowerCase()}`;
    const text = await section.locator(`[id$="/${id}"]`).textContent();
    expect(text).toContain(name);
    expect(text?.includes("required")).toBe(required ?? false);
    for (const words of [schema.type, ...limits(schema), schema.default, example]) {
      if (words !== undefined) expect(text).toContain(String(words));
    }
  }
}

async function seesResponses(expect: ExpectStatic, page: Page, section: Locator, { responses }: Operation) {
  const panel = section.locator('[data-component-name="Panel/Panel"]').filter({ hasText: /^Response/ });
  for (const [status, response] of Object.entries(responses)) {
    await section.getByRole("tab", { name: status }).click();
    expect(await section.textContent()).toContain(response.description.replaceAll("`", ""));
    const examples = Object.values(response.content?.["application/json"]?.examples ?? {});
    expect(examples.length).toBeGreaterThan(0);
    for (const [index, example] of examples.entries()) {
      if (examples.length > 1) {
        await panel.getByRole("button", { name: "Example" }).click();
        await page.getByRole("menuitem").getByText(example.summary, { exact: true }).click();
      }
      const shown = async () => JSON.parse((await panel.locator("pre").textContent()) ?? "");
      await expect.poll(shown, { message: `example ${index} of ${status}` }).toEqual(example.value);
    }
  }
}

async function seesSamples(expect: ExpectStatic, page: Page, section: Locator, operation: Operation) {
  const panel = section.locator(".panel-request-samples");
  for (const { label, source } of samplesOf(operation, description)) {
    await chooseSample(page, panel, label);
    await expect.poll(() => panel.locator("pre").textContent()).toBe(source);
  }
}

/** The id of an operation's section below a tag. */
function idOf(tag: string, operationId: string): string {
  return `${tag}/${operationId}`.toLowerCase();
}

/** How Redoc words the limits of a schema. */
function limits({ minimum, maximum, maxLength }: Schema): string[] {
  const range = minimum === undefined || maximum === undefined ? [] : [`[ ${minimum} .. ${maximum} ]`];
  return maxLength === undefined ? range : [...range, `<= ${maxLength} characters`];
}

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

/** Runs in the page: keeps the names of what gets the focus. */
function collectFocused(): void {
  const reached: string[] = [];
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) reached.push(target.getAttribute("aria-label") ?? target.textContent ?? "");
  });
  Object.assign(window, { reached });
}

async function chooseSample(page: Page, panel: Locator, label: string): Promise<void> {
  await panel.getByRole("button").nth(1).click(); // the first one chooses the server
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}
