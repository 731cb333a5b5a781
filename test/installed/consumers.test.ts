// Type-checks, bundles and runs small projects that have the packed tarball installed, as users have it.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { backupIds, clusterId } from "../support/description.js";
import { start } from "../support/run.js";
import { refusing } from "../support/server.js";

const folder = inject("consumers");
const bin = (...keys: string[]): string => path.join(folder, "node_modules", ...keys);
const run = (file: string, ...args: string[]) => start(process.execPath, [file, ...args], { cwd: folder }).ended;
const tsc = (version: string, project: string, ...args: string[]) =>
  run(bin(`typescript-${version}`, "bin", "tsc"), "-p", project, "--pretty", "false", ...args);
const listed = { status: 0, stdout: `${JSON.stringify(backupIds)}\n`, stderr: "" };

describe("types", { timeout: 300_000 }, () => {
  test.each(["5.4", "5.9", "7"])("the types compile with TypeScript %s, skipLibCheck false", async (version) => {
    for (const project of ["esm", "bundler"]) {
      expect(await tsc(version, project)).toMatchObject({ status: 0, stdout: "" });
    }
    // Without the types of a browser, but with those of Node.js.
    expect(await tsc(version, "esm", "--lib", "es2022", "--types", "node")).toMatchObject({ status: 0, stdout: "" });
  });

  test.each(["5.4", "5.9", "7"])(
    "the types compile in a CommonJS file with TypeScript %s, skipLibCheck false",
    async (version) => {
      expect(await tsc(version, "cjs")).toMatchObject({ status: 0, stdout: "" });
      expect(await tsc(version, "cjs", "--module", "node16")).toMatchObject({ status: 0, stdout: "" });
    },
  );

  test.each(["5.4", "5.9"])(
    "the types of each entry compile with moduleResolution node10, TypeScript %s",
    async (version) => {
      expect(await tsc(version, "node10")).toMatchObject({ status: 0, stdout: "" });
    },
  );

  test.each(["esm/index.mts", "cjs/index.cts"])("go to definition leads from %s to the sources", async (name) => {
    const file = path.join(folder, name);
    const lines = (await readFile(file, "utf8")).split("\n");
    const line = lines.findIndex((text) => text.includes("createClient("));
    const offset = (lines[line] ?? "").indexOf("createClient(") + 1;
    const server = start(process.execPath, [bin("typescript-5.9", "lib", "tsserver.js")], { cwd: folder });
    const requests = [
      { command: "open", arguments: { file } },
      { command: "definition", arguments: { file, line: line + 1, offset } },
    ];
    const messages = requests.map((request, seq) => `${JSON.stringify({ seq, type: "request", ...request })}\n`);
    server.child.stdin?.write(messages.join(""));
    await expect.poll(() => server.stdout, { timeout: 120_000 }).toContain('"command":"definition"');
    server.child.kill();
    expect(server.stdout).toContain(`/node_modules/${packageJson.name}/src/client.ts"`);
  });

  test.each(["5.4", "5.9", "7"])(
    "a wrong use is an error that names the mistake, with TypeScript %s",
    async (version) => {
      const { status, stdout } = await tsc(version, "wrong");
      expect(status).not.toBe(0);
      for (const words of [
        "'clusterid' does not exist in type",
        "Type 'string' is not assignable to type 'number'",
        `Argument of type '"backup"' is not assignable to parameter of type '"backups"'`,
        "Property 'nam' does not exist on type",
        "'tokens' does not exist in type 'ClientOptions'",
      ]) {
        expect(stdout).toContain(words);
      }
    },
  );
});

describe("the package", { timeout: 120_000 }, () => {
  test("the package runs as a module, and as CommonJS by require", async () => {
    expect(await run("main.js", inject("mockUrl"), clusterId)).toEqual(listed);
    expect(await tsc("5.9", "cjs", "--noEmit", "false")).toMatchObject({ status: 0 });
    expect(await run("cjs/index.cjs", inject("mockUrl"), clusterId)).toEqual(listed);
  });

  test("an error of the ES modules is an instance of the CommonJS class, and a listing can resume by it", async () => {
    const { url, close } = await refusing();
    onTestFinished(close);
    const { stdout } = await run("copies.js", inject("mockUrl"), clusterId, url);
    const cause = { name: "TypeError", message: "fetch failed", cause: { code: "ECONNREFUSED" } };
    expect(JSON.parse(stdout)).toMatchObject({
      areTwo: true,
      isTokenError: true,
      canResume: true,
      isConnectionError: true,
      connectionError: { name: "ConnectionError", systemCode: "ECONNREFUSED", cause },
    });
  });

  test("stack traces lead to the sources, as a module and as CommonJS", async () => {
    expect(await run("--enable-source-maps", "stack.cjs")).toEqual({
      status: 0,
      stdout: "true false\ntrue false\n",
      stderr: "",
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
  ])("a bundle by %s runs", async (bundler, build) => {
    const script = `import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/x"); await ${build};`;
    const file = path.join(folder, `${bundler}.build.mjs`);
    await writeFile(file, script);
    expect(await run(file)).toMatchObject({ status: 0, stderr: "" });
    expect(await run(`out/${bundler}.mjs`, inject("mockUrl"), clusterId)).toEqual(listed);
  });
});

describe("the tarball", { timeout: 120_000 }, () => {
  test("publint, strict, finds no problem in the tarball", async () => {
    expect(await run(bin("publint", "src", "cli.js"), "--strict", inject("tarball"))).toMatchObject({ status: 0 });
  });

  test("attw finds no problem in the types of the tarball", async () => {
    const attw = bin("@arethetypeswrong", "cli", "dist", "index.js");
    const yaml = "./openapi.yaml"; // no module, but a file to read
    const { status, stdout } = await run(attw, inject("tarball"), "--no-emoji", "--exclude-entrypoints", yaml);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("No problems found") });
  });
});
