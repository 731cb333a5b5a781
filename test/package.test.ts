import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { compile } from "./support/compile.js";
import { start } from "./support/run.js";

describe("the README", async () => {
  const readme = await readFile("README.md", "utf8");

  test("has only snippets that compile", async () => {
    const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    expect(snippets.length).toBeGreaterThanOrEqual(3);
    expect(await compile(snippets)).toEqual([]);
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

test("a build is what the package's own name gives, by import and by require", async () => {
  expect(await start("npm", ["run", "build"]).ended).toMatchObject({ status: 0 });
  const names = "['createClient', 'listBackups', 'paginate'].every((name) => typeof names[name] === 'function')";
  const check = `if (!(${names})) process.exit(1); if (!names.ApiError) process.exit(1);`;
  const imported = `const names = await import("${packageJson.name}"); ${check}`;
  const required = `const names = require("${packageJson.name}"); ${check}`;
  const run = (type: string, code: string) => start(process.execPath, [`--input-type=${type}`, "-e", code]).ended;
  expect(await run("module", imported)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(await run("commonjs", required)).toMatchObject({ status: 0, stdout: "" });
});
