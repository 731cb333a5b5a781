import { readFile } from "node:fs/promises";

export const readme: string = await readFile("README.md", "utf8");
export const mockGuide: string = await readFile("src/mock/README.md", "utf8");

/** The snippets in a language, in their order. */
export function snippets(text: string, language: string): string[] {
  const all = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return all.flatMap(([, name, code = ""]) => (name === language ? code : []));
}
