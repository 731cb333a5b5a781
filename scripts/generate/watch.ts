// Generates on each save, until it is stopped.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LintError } from "../description/load.js";
import { stopSignal } from "../stop-signal.js";
import { changesBetween } from "./changes-between.js";
import { Events } from "./file-events.js";
import { generate } from "./files.js";

/** How long to wait for more events of the same save, in milliseconds. */
const pause = 20;

/**
 * Generates now, and again after each save. A failure is printed, and leaves the last good files as they are. Ends the
 * process when the description cannot be watched.
 */
export async function watch(root: string, api?: string): Promise<void> {
  let due = true;
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return; // the run that is under way sees that another is due
    running = true;
    while (due) {
      due = false;
      await events.follow();
      const failure = await generateOnce(root, api);
      // With another event, a file can have been read while it was being saved: the next run tells what is wrong.
      if (failure !== undefined && !due) console.error(failure instanceof LintError ? failure.message : failure);
    }
    running = false;
  };

  let timer: NodeJS.Timeout | undefined;
  const events = new Events(root, () => {
    due = true;
    clearTimeout(timer);
    timer = setTimeout(() => run().catch(end), pause);
  });
  const end = (error: unknown): void => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  };
  stopSignal().addEventListener("abort", () => process.exit(0));
  console.log("Watching openapi/ and redocly.yaml. Ctrl-C stops it.");
  await run().catch(end);
}

/** Returns what went wrong. */
async function generateOnce(root: string, api?: string): Promise<unknown> {
  const before = await descriptionsIn(root);
  const start = performance.now();
  try {
    const files = await generate(root, api);
    const time = `${Math.round(performance.now() - start)} ms`;
    const names = files.map((name) => path.posix.relative("generated", name)).join(", ");
    if (files.length === 0) console.log(`generated/ is up to date (${time})`);
    else console.log(`${changesBetween(before, await descriptionsIn(root))}: wrote ${names} in ${time}`);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The texts of the bundled descriptions, by their names. */
async function descriptionsIn(root: string): Promise<Map<string, string>> {
  const folder = path.join(root, "generated");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const json = names.filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(json.map((name) => readFile(path.join(folder, name), "utf8")));
  return new Map(json.map((name, index) => [name, texts[index] ?? ""]));
}
