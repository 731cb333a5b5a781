import { readFile } from "node:fs/promises";

export const readme: string = await readFile("README.md", "utf8");

/** The README's snippets in a language, in their order. */
export function snippets(language: string): string[] {
  const all = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return all.flatMap(([, name, code = ""]) => (name === language ? code : []));
}
