// Writes the files in generated/: all of them, or none when one fails.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Description, loadAll } from "../description/load.js";
import { renderOperations } from "./render-operations.js";
import { renderTypes } from "./render-types.js";

export function renderJson(description: Description): string {
  return `${JSON.stringify(description, null, 2)}\n`;
}

/** The text of each generated file, by its name. */
async function render(root: string, api?: string): Promise<[name: string, text: string][]> {
  const files: [string, string][] = [];
  for (const { spec, folder, description } of await loadAll(root, api)) {
    const banner = `// Generated from ${spec} by \`npm run generate\`. Do not edit.\n\n`;
    const { openapi, schemas } = await renderTypes(description);
    files.push(
      [`${folder}/openapi.json`, renderJson(description)],
      [`${folder}/operations.ts`, banner + renderOperations(description)],
      [`${folder}/schemas.ts`, banner + schemas],
      [`${folder}/openapi.ts`, banner + openapi],
    );
  }
  return files;
}

/** The text of a file; undefined when it does not exist. */
async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
      return undefined;
    throw error;
  }
}

/**
 * Compares the generated files with the descriptions; line ends do not count.
 * @returns a line for each file that is stale or missing
 */
export async function check(root: string, api?: string): Promise<string[]> {
  const lines = (await render(root, api)).map(async ([name, text]) => {
    const before = await read(path.join(root, name));
    if (before?.replaceAll("\r\n", "\n") === text) return [];
    return [`${name} is ${before === undefined ? "missing" : "stale"}`];
  });
  return (await Promise.all(lines)).flat();
}

/**
 * Writes the generated files: all of them, or none when one fails.
 * @returns the names of those that changed
 */
export async function generate(root: string, api?: string): Promise<string[]> {
  const files = (await render(root, api)).map(async ([name, text]) => {
    const file = path.join(root, name);
    return { name, text, file, draft: `${file}.${process.pid}.tmp`, before: await read(file) };
  });
  const changed = (await Promise.all(files)).filter(({ text, before }) => text !== before);
  const replaced: typeof changed = [];
  try {
    await Promise.all(changed.map(({ file }) => mkdir(path.dirname(file), { recursive: true })));
    await Promise.all(changed.map(({ draft, text }) => writeFile(draft, text)));
    for (const one of changed) {
      await rename(one.draft, one.file);
      replaced.push(one);
    }
  } catch (error) {
    for (const { file, before } of replaced) await (before === undefined ? rm(file) : writeFile(file, before));
    throw error;
  } finally {
    await Promise.all(changed.map(({ draft }) => rm(draft, { force: true })));
  }
  return changed.map(({ name }) => name);
}
