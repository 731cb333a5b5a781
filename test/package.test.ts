import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { describe, expect, onTestFinished, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { readme, snippets } from "./support/readme.js";

describe("the README", () => {
  test("has only snippets that compile", async () => {
    const codes = snippets("ts");
    expect(codes.length).toBeGreaterThanOrEqual(3);
    const root = await mkdtemp(path.join(tmpdir(), "readme-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const files = await Promise.all(
      codes.map(async (code, index) => {
        const file = path.join(root, `snippet-${index}.mts`);
        await writeFile(file, code);
        return file;
      }),
    );
    const { compilerOptions } = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, process.cwd());
    const program = ts.createProgram(files, {
      ...options,
      typeRoots: [path.resolve("node_modules/@types")],
      paths: {
        [packageJson.name]: [path.resolve("src/index.ts")],
        [`${packageJson.name}/mock`]: [path.resolve("src/mock.ts")],
        vitest: [path.resolve("node_modules/vitest")],
      },
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(problems).toEqual([]);
  });

  test("names only scripts that there are, and all of them", () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z]+)/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(packageJson.scripts).sort());
  });

  test("links only to files that there are", async () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(await readFile(link, "utf8")).not.toBe("");
  });
});
