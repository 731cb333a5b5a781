import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { packageName } from "../../src/package-name.js";
import { temporaryFolder } from "./folder.js";

export const readme: string = await readFile("README.md", "utf8");
export const mockGuide: string = await readFile("src/mock/README.md", "utf8");

/** The snippets in a language, in their order. */
export function snippets(text: string, language: string): string[] {
  const all = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return all.flatMap(([, name, code = ""]) => (name === language ? code : []));
}

/** Runs the snippet of the README or of the mock server's guide that has these words, and returns its exports. */
export async function runSnippet<Exports>(words: string, change = (code: string) => code): Promise<Exports> {
  const all = [...snippets(readme, "ts"), ...snippets(mockGuide, "ts")];
  const snippet = all.find((code) => code.includes(words)) ?? expect.unreachable();
  const runnable = change(snippet)
    .replaceAll(`"${packageName}/iam"`, JSON.stringify(path.resolve("src/iam.ts")))
    .replaceAll(`"${packageName}"`, JSON.stringify(path.resolve("src/index.ts")));
  return await import(path.join(await temporaryFolder({ "snippet.ts": runnable }), "snippet.ts"));
}
