// Type-checks, bundles and runs small projects that have the packed tarball installed, as users have it.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, inject, test } from "vitest";
import { backupIds, clusterId } from "../support/description.js";
import { start } from "../support/run.js";

const folder = inject("consumers");
const bin = (...keys: string[]): string => path.join(folder, "node_modules", ...keys);
const run = (file: string, ...args: string[]) => start(process.execPath, [file, ...args], { cwd: folder }).ended;
const tsc = (version: string, project: string, ...args: string[]) =>
  run(bin(`typescript-${version}`, "bin", "tsc"), "-p", project, "--pretty", "false", ...args);
const listed = { status: 0, stdout: `${JSON.stringify(backupIds)}\n`, stderr: "" };

describe("types", () => {
  test.each(["5.4", "5.9", "7"])("hold with TypeScript %s, skipLibCheck false", async (version) => {
    for (const project of ["esm", "bundler"]) {
      expect(await tsc(version, project)).toMatchObject({ status: 0, stdout: "" });
    }
    // Without the types of a browser, but with those of Node.js.
    expect(await tsc(version, "esm", "--lib", "es2022", "--types", "node")).toMatchObject({ status: 0, stdout: "" });
  });

  test("hold for CommonJS from TypeScript 5.8 on, which knows that it can require a module", async () => {
    for (const version of ["5.9", "7"]) expect(await tsc(version, "cjs")).toMatchObject({ status: 0, stdout: "" });
    expect((await tsc("5.4", "cjs")).stdout).toContain("TS1471");
  });

  test.each(["5.4", "5.9", "7"])("refuse a wrong use in words that help, with TypeScript %s", async (version) => {
    const { status, stdout } = await tsc(version, "wrong");
    expect(status).not.toBe(0);
    for (const words of [
      "'clusterid' does not exist in type",
      "Type 'string' is not assignable to type 'number'",
      `Argument of type '"backup"' is not assignable to parameter of type '"backups"'`,
      "Property 'nam' does not exist on type",
      "Property 'token' is missing in type '{}' but required in type 'ClientOptions'",
    ]) {
      expect(stdout).toContain(words);
    }
  });
});

describe("the package", () => {
  test("runs as a module, and as CommonJS by require", async () => {
    expect(await run("main.js", inject("mockUrl"), clusterId)).toEqual(listed);
    expect(await tsc("5.9", "cjs", "--noEmit", "false")).toMatchObject({ status: 0 });
    expect(await run("cjs/index.cjs", inject("mockUrl"), clusterId)).toMatchObject({
      ...listed,
      stderr: expect.any(String),
    });
  });

  test.each([
    [
      "esbuild",
      `(await import("esbuild")).build({ entryPoints: ["main.js"], bundle: true, minify: true, format: "esm", platform: "neutral", outfile: "out/esbuild.mjs", logLevel: "error" })`,
    ],
    [
      "vite",
      `(await import("vite")).build({ logLevel: "error", build: { outDir: "out", emptyOutDir: false, target: "es2022", lib: { entry: "main.js", formats: ["es"], fileName: () => "vite.mjs" } } })`,
    ],
    [
      "webpack",
      `new Promise((resolve, reject) => require("webpack")({ mode: "production", target: "es2022", entry: "./main.js", experiments: { outputModule: true }, output: { path: process.cwd() + "/out", filename: "webpack.mjs", module: true } }, (error, stats) => error || stats.hasErrors() || stats.hasWarnings() ? reject(error ?? new Error(stats.toString())) : resolve()))`,
    ],
  ])("is bundled by %s, and runs", async (bundler, build) => {
    const script = `import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/x"); await ${build};`;
    const file = path.join(folder, `${bundler}.build.mjs`);
    await writeFile(file, script);
    expect(await run(file)).toMatchObject({ status: 0, stderr: "" });
    expect(await run(`out/${bundler}.mjs`, inject("mockUrl"), clusterId)).toEqual(listed);
  });
});

describe("the tarball", () => {
  test("is taken by publint, strict", async () => {
    expect(await run(bin("publint", "src", "cli.js"), "--strict", inject("tarball"))).toMatchObject({ status: 0 });
  });

  test("has types that are right for each way to resolve them", async () => {
    const attw = bin("@arethetypeswrong", "cli", "dist", "index.js");
    // The package is a module for everybody: since Node.js 20.19 require takes one.
    const { status, stdout } = await run(
      attw,
      inject("tarball"),
      "--profile",
      "node16",
      "--ignore-rules",
      "cjs-resolves-to-esm",
      "--no-emoji",
      "--exclude-entrypoints",
      "./openapi.yaml", // no module, but a file to read
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.not.stringContaining("Problems") });
  });
});
