import { accessSync, constants } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** What to do where there is no browser. */
export const howToGetOne = "Install Chromium (on Debian: apt-get install chromium), or name one in CHROME_PATH.";

/**
 * Starts the Chromium of this machine, without a window: that of CHROME_PATH, or else one on the PATH, or else Chrome
 * where it is usually installed. Undefined when there is none.
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = process.env["CHROME_PATH"] || onPath("chromium", "chromium-browser", "google-chrome");
  // No name is looked up, so that nothing can leave the machine; 127.0.0.1 counts as a name.
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
  if (executablePath) return await chromium.launch({ executablePath, args });
  return await chromium.launch({ channel: "chrome", args }).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes("is not found at")) return undefined;
    throw error;
  });
}

function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const desktop = { viewport: { width: 1440, height: 900 } } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

/** The ways in which people look at the docs. */
export const looks = {
  desktop: { ...desktop, colorScheme: "light" },
  dark: { ...desktop, colorScheme: "dark" },
  phone: { ...phone, colorScheme: "light" },
  darkPhone: { ...phone, colorScheme: "dark" },
} as const satisfies Record<string, BrowserContextOptions>;

/** Opens a context that looks like this, cannot reach the network and stands still. */
export function newContext(browser: Browser, look: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ ...look, offline: true, reducedMotion: "reduce" });
}

/** Opens the docs from the file system, at an operation if one is named, and waits until operations stand on them. */
export async function openDocs(context: BrowserContext, site: string, operationId?: string): Promise<Page> {
  const page = await context.newPage();
  const { href } = pathToFileURL(path.join(site, "index.html"));
  await page.goto(operationId === undefined ? href : `${href}#operation/${operationId}`);
  await page.locator('[data-item-kind="httpItem"]').first().waitFor();
  return page;
}
