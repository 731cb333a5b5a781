import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { howToGetOne, launchBrowser, looks, newContext, openDocs } from "../scripts/docs/browser.js";
import { buildDocs } from "../scripts/docs/build.js";
import { dereference, type Operation, operationsOf, type Schema } from "../scripts/docs/description.js";
import { samplesOf } from "../scripts/docs/samples.js";
import { takeScreenshots } from "../scripts/docs/screenshots.js";

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

  beforeAll(async () => {
    site = await mkdtemp(path.join(tmpdir(), "site-"));
    await buildDocs(process.cwd(), site);
  });
  afterEach(() => expect(problems.splice(0)).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await rm(site, { recursive: true, force: true });
  });

  async function open(look: keyof typeof looks, operationId?: string): Promise<Page> {
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

  /** Opens the page for as long as a test runs. */
  async function visit(look: keyof typeof looks, operationId?: string): Promise<Page> {
    const page = await open(look, operationId);
    onTestFinished(() => page.context().close());
    return page;
  }

  test("has a title, a description for search engines, a favicon of its own and the description to download", async () => {
    const page = await visit("desktop");
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

  describe.each(operations)("shows of $operationId", (operation) => {
    const { operationId, path: route, summary, parameters, responses } = operation;
    let page: Page;
    let section: Locator;

    beforeAll(async () => {
      page = await open("desktop", operationId);
      section = page.locator(`[data-item-kind="httpItem"][id$="/${operationId.toLowerCase()}"]`);
    });
    afterAll(() => page.context().close());

    test("its path, and all parameters with their limits, at its deep link", async () => {
      const heading = section.getByRole("heading", { name: summary });
      await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(looks.desktop.viewport.height);
      expect(await section.getByText(route, { exact: true }).first().isVisible()).toBe(true);
      for (const { name, in: place, required, schema, example } of parameters) {
        const id = `t=request&in=${place}&path=${name.toLowerCase()}`;
        const text = await section.locator(`[id$="/${id}"]`).textContent();
        expect(text).toContain(name);
        expect(text?.includes("required")).toBe(required ?? false);
        for (const words of [schema.type, ...limits(schema), schema.default, example]) {
          if (words !== undefined) expect(text).toContain(String(words));
        }
      }
    });

    test("each response and each of its examples", async () => {
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
    });

    test("its code samples", async () => {
      const panel = section.locator(".panel-request-samples");
      for (const { label, source } of samplesOf(operation, description)) {
        await chooseSample(page, panel, label);
        await expect.poll(() => panel.locator("pre").textContent()).toBe(source);
      }
    });
  });

  test("is searched for pageToken, and leads to the parameter", async () => {
    const page = await visit("desktop");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search").fill("pageToken");
    await page.getByText("query parameters → pageToken").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator('[id$="/t=request&in=query&path=pagetoken"]').first().waitFor();
    expect(page.url()).toContain(`/${someId.toLowerCase()}`);
  });

  test("is reached by keyboard: its sections, downloads, samples, responses and examples", async () => {
    for (const [operationId, wanted] of [
      [undefined, ["Paging", "Errors", "openapi.yaml", "openapi.json"]],
      [someId, ["curl", "200", "Example"]],
    ] as const) {
      const page = await visit("desktop", operationId);
      const reached = new Set<string>();
      for (let presses = 0; presses < 150 && !wanted.every((name) => reached.has(name)); presses++) {
        await page.keyboard.press("Tab");
        reached.add(await page.evaluate(nameOfFocused));
      }
      expect([...reached]).toEqual(expect.arrayContaining([...wanted]));
    }
  });

  test("fits a phone, and has its menu behind a button there", async () => {
    for (const operationId of [undefined, someId]) {
      const page = await visit("phone", operationId);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(widths).toEqual([390, 390]);
      await page.getByRole("button", { name: "Open navigation menu" }).click();
      await page.getByRole("link", { name: "Errors", exact: true }).click();
      await expect.poll(() => page.url()).toContain("section/errors");
    }
  });

  test("has its pictures taken on demand", async () => {
    const names = await takeScreenshots(site, { phone: looks.phone });
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

  test.each(Object.keys(looks) as (keyof typeof looks)[])(
    "has no serious fault for axe, in the look %s",
    async (look) => {
      const found = new Set<string>();
      for (const operationId of [undefined, someId]) {
        const page = await visit(look, operationId);
        expect(await page.locator("html").getAttribute("class")).toBe(looks[look].colorScheme);
        if (operationId) await chooseSample(page, page.locator(".panel-request-samples").first(), "Typed client");
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as AxeResults;
        for (const { id, impact, nodes } of violations) {
          if (impact !== "serious" && impact !== "critical") continue;
          found.add(accepted.includes(id) ? id : `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
        }
      }
      expect([...found]).toEqual(accepted);
    },
  );
});

/** How Redoc words the limits of a schema. */
function limits({ minimum, maximum, maxLength }: Schema): string[] {
  const range = minimum === undefined || maximum === undefined ? [] : [`[ ${minimum} .. ${maximum} ]`];
  return maxLength === undefined ? range : [...range, `<= ${maxLength} characters`];
}

/** Runs in the page. */
function nameOfFocused(): string {
  const element = document.activeElement;
  return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
}

async function chooseSample(page: Page, panel: Locator, label: string): Promise<void> {
  await panel.getByRole("button").nth(1).click(); // the first one chooses the server
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}
