// @ts-check
// The files in generated/. It guards against generated files that nobody generated: an edit of the description that was
// not followed through, or half a set of files after a failure.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { render } from "./render.js";

/**
 * @param {string} file
 * @returns {Promise<string | undefined>} its text, or undefined when there is no such file
 */
async function read(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "EISDIR"].includes(String(error.code)))
      return undefined;
    throw error;
  }
}

/**
 * Compares the generated files with the description; a checkout with CRLF line ends counts as current.
 * @param {string} root
 * @returns {Promise<string[]>} a line for each file that is stale or missing
 */
export async function check(root) {
  const files = Object.entries(await render(root));
  const lines = files.map(async ([name, text]) => {
    const before = await read(path.join(root, name));
    if (before?.replaceAll("\r\n", "\n") === text) return [];
    return [`${name} is ${before === undefined ? "missing" : "stale"}`];
  });
  return (await Promise.all(lines)).flat();
}

/**
 * Writes the generated files: all of them, or on any failure none.
 * @param {string} root
 * @returns {Promise<string[]>} the names of the files that changed
 */
export async function generate(root) {
  const files = Object.entries(await render(root)).map(async ([name, text]) => {
    const file = path.join(root, name);
    return { name, text, file, draft: `${file}.${process.pid}.tmp`, before: await read(file) };
  });
  const changed = (await Promise.all(files)).filter(({ text, before }) => text !== before);
  const replaced = [];
  try {
    await Promise.all(
      changed.map(async ({ draft, text }) => {
        await mkdir(path.dirname(draft), { recursive: true });
        await writeFile(draft, text);
      }),
    );
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
