// Generates on each save, until it is stopped.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LintError } from "../description/load.js";
import { runScript } from "../run-script.js";
import { stopSignal } from "../stop-signal.js";
import { changesBetween } from "./changes-between.js";
import { generate } from "./files.js";
import { saves } from "./saves.js";

/**
 * Generates now, and again after each save. A failure is printed, and leaves the last good files as they are. Ends with
 * the exit status 1 when the description cannot be watched.
 */
export async function watch(root: string, api?: string): Promise<void> {
  console.log("Watching openapi/ and redocly.yaml. Ctrl-C stops it.");
  await runScript(async () => {
    for await (const isDue of saves(root, stopSignal())) {
      const failure = await generateOnce(root, api);
      if (failure !== undefined && !isDue()) console.error(failure instanceof LintError ? failure.message : failure);
    }
  });
}

/** Generates and prints the changes. Returns the error, if there is one. */
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
