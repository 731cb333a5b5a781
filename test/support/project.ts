import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { temporaryFolder } from "./folder.js";

/** The files that generation needs. */
const inputs = [
  "generated",
  "openapi",
  "package.json",
  "redocly.yaml",
  "scripts/redocly-plugin.js",
  "scripts/description",
  "scripts/lint-rules",
  "src", // whose exports are names that no schema may have
];

/** A copy of the project, as much of it as generation needs and these; it ends with the test. */
export async function project(...more: string[]): Promise<string> {
  const root = await temporaryFolder();
  for (const name of [...inputs, ...more]) await cp(name, path.join(root, name), { recursive: true });
  await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
  return root;
}

/** Changes a file, and fails when the change changes nothing. */
export async function edit(root: string, file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path.join(root, file), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(path.join(root, file), changed);
}

/** The text of each generated file. */
export async function contents(root: string): Promise<Record<string, string>> {
  const entries = await readdir(path.join(root, "generated"), { recursive: true });
  const names = entries.map((name) => name.replaceAll(path.sep, "/")).filter((name) => path.extname(name));
  const texts = names.sort().map(async (name) => [name, await readFile(path.join(root, "generated", name), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}
