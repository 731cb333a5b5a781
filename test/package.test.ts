import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { compile } from "./support/compile.js";
import { readme, snippets } from "./support/readme.js";

describe("the README", () => {
  test("has only snippets that compile", async () => {
    const codes = snippets("ts");
    expect(codes.length).toBeGreaterThanOrEqual(3);
    expect(await compile(codes)).toEqual([]);
  });

  test("names only scripts that there are, and all of them", () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z]+)/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(packageJson.scripts).sort());
  });

  test("links only to files that there are, and to pages of the repository's site", async () => {
    const links = [...readme.matchAll(/\]\((?!https?:|\.\.\/)([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(await readFile(link, "utf8")).not.toBe("");
  });
});
