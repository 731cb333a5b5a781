// Generates on each save, until it is stopped.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { stopSignal } from "../stop-signal.js";
import { changesBetween } from "./changes-between.js";
import { LintError } from "./description.js";
import { Events } from "./file-events.js";
import { generate } from "./files.js";

/** How long to wait for more events of the same save, in milliseconds. */
const pause = 20;

/** Generates now, and again after each save. A failure is printed, and leaves the last good files as they are. */
export async function watch(root: string): Promise<void> {
  let due = true;
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return; // the run that is under way sees that another is due
    running = true;
    while (due) {
      due = false;
      await events.follow();
      await generateOnce(root);
    }
    running = false;
  };

  let timer: NodeJS.Timeout | undefined;
  const events = new Events(root, () => {
    due = true;
    clearTimeout(timer);
    timer = setTimeout(run, pause);
  });
  stopSignal().addEventListener("abort", () => process.exit(0));
  console.log("Watching openapi/ and redocly.yaml. Ctrl-C stops it.");
  await run();
}

async function generateOnce(root: string): Promise<void> {
  const before = await descriptionsIn(root);
  const start = performance.now();
  try {
    const files = await generate(root);
    const time = `${Math.round(performance.now() - start)} ms`;
    if (files.length === 0) return console.log(`generated/ is up to date (${time})`);
    const names = files.map((name) => path.posix.relative("generated", name)).join(", ");
    console.log(`${changesBetween(before, await descriptionsIn(root))}: wrote ${names} in ${time}`);
  } catch (error) {
    console.error(error instanceof LintError ? error.message : error);
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
