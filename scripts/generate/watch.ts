// Generates on each save, until it is stopped.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { untilStopped } from "../until-stopped.js";
import { changesBetween } from "./changes.js";
import { LintError } from "./description.js";
import { Events } from "./events.js";
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
  untilStopped().addEventListener("abort", () => process.exit(0));
  console.log("Watching openapi/ and redocly.yaml. Ctrl-C stops it.");
  await run();
}

async function generateOnce(root: string): Promise<void> {
  const file = path.join(root, "generated/openapi.json");
  const read = (): Promise<string> => readFile(file, "utf8").catch(() => "{}");
  const before = await read();
  const start = performance.now();
  try {
    const files = await generate(root);
    const time = `${Math.round(performance.now() - start)} ms`;
    if (files.length === 0) return console.log(`generated/ is up to date (${time})`);
    const names = files.map((name) => path.basename(name)).join(", ");
    console.log(`${changesBetween(before, await read())}: wrote ${names} in ${time}`);
  } catch (error) {
    console.error(error instanceof LintError ? error.message : error);
  }
}
