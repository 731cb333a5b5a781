// Builds the docs into site/. With --watch it serves them and follows the description; with --screenshots it takes
// pictures of them, for a person to look at.
import path from "node:path";
import { parseArgs } from "node:util";

const root = process.cwd();
const out = path.join(root, "site");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      watch: { type: "boolean", default: false },
      port: { type: "string", default: "0" },
      screenshots: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`--port must be a whole number from 0 to 65535, but is ${JSON.stringify(values.port)}`);
  }
  if (values.watch) {
    const { watchDocs } = await import("./docs/watch.js");
    return await watchDocs(root, out, port);
  }
  const { buildDocs } = await import("./docs/build-page.js");
  await buildDocs(root, out);
  console.log("Wrote site/: index.html, openapi.yaml and openapi.json");
  if (values.screenshots) {
    const { howToGetOne, launchBrowser } = await import("./docs/browser.js");
    const { takeScreenshots } = await import("./docs/screenshots.js");
    const browser = await launchBrowser();
    if (!browser) throw new Error(`There is no browser to take screenshots with. ${howToGetOne}`);
    const names = await takeScreenshots(browser, out).finally(() => browser.close());
    console.log(`Wrote ${names.join(", ")}`);
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
