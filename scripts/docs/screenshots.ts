import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { operationsOf } from "../description/operations.js";
import { looks, newContext, openDocs } from "./browser.js";

/** Takes pictures of the docs in some looks: of the text, and of the first operation. Gives the names of the files. */
export async function takeScreenshots(
  browser: Browser,
  site: string,
  of: Record<string, BrowserContextOptions> = looks,
): Promise<string[]> {
  const [operation] = operationsOf(JSON.parse(await readFile(path.join(site, "openapi.json"), "utf8")));
  const names: string[] = [];
  for (const [look, options] of Object.entries(of)) {
    const page = await openDocs(await newContext(browser, options), site);
    const section = page.locator('[data-item-kind="httpItem"]').first();
    const box = await section.boundingBox();
    const overview = `screenshots/${look}-overview.png`;
    const clip = { x: 0, y: 0, width: options.viewport?.width ?? 0, height: box?.y ?? 0 };
    await page.screenshot({ path: path.join(site, overview), fullPage: true, clip });
    const first = `screenshots/${look}-${operation?.id}.png`;
    await section.screenshot({ path: path.join(site, first) });
    await page.context().close();
    names.push(overview, first);
  }
  return names;
}
