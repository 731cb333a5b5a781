import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { clusterId } from "../support/description.js";
import { createKey, serveIam, writeKeyFile } from "../support/iam-server.js";
import { listens } from "../support/mock.js";
import { mockGuide, snippets } from "../support/readme.js";
import { type Run, start } from "../support/run.js";

const { typescript, vitest, "@stoplight/prism-http": prism } = packageJson.devDependencies;

/** A project of somebody else, who installs the packed tarball. */
let project = "";
const file = (name: string) => path.join(project, name);

beforeAll(async () => {
  project = await realpath(await mkdtemp(path.join(tmpdir(), "consumer-")));
  await writeFile(file("package.json"), '{ "private": true, "type": "module" }');
  // Packages in folders above the project are not found.
  await writeFile(
    file("only-here.cjs"),
    `const Module = require("node:module");
const paths = Module._nodeModulePaths;
Module._nodeModulePaths = (from) => paths(from).filter((path) => path.startsWith(__dirname) || !from.startsWith(__dirname));`,
  );
});
afterAll(() => rm(project, { recursive: true, force: true }));

const npm = (...args: string[]): Promise<Run> => {
  return start("npm", args, { cwd: project, env: { NODE_OPTIONS: `--require=${file("only-here.cjs")}` } }).ended;
};
const install = (...packages: string[]) => {
  return npm("install", "--save-dev", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", ...packages);
};
const node = (...args: string[]): Promise<Run> => {
  return start(process.execPath, ["--require", file("only-here.cjs"), ...args], { cwd: project }).ended;
};

test("the tarball gives its main entry by import and by require, and needs no Prism for that", async () => {
  expect(await install(inject("tarball"))).toMatchObject({ status: 0 });
  const names = "['createClient', 'listBackups', 'paginate'].every((name) => typeof names[name] === 'function')";
  const check = `if (!(${names}) || !names.ApiError) process.exit(1);`;
  const imported = `const names = await import("${packageJson.name}"); ${check}`;
  const required = `const names = require("${packageJson.name}"); ${check}`;
  expect(await node("--input-type=module", "-e", imported)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(await node("--input-type=commonjs", "-e", required)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  const description = JSON.parse(
    await readFile(file(`node_modules/${packageJson.name}/dist/generated/openapi.json`), "utf8"),
  );
  expect(description).toMatchObject({ openapi: "3.1.0" });
}, 120_000);

test("without Prism, the mock server can be imported, and its start is an error that names the package", async () => {
  const code = `const { startMockServer } = await import("${packageJson.name}/mock");
await startMockServer().catch((error) => console.log(error.message))`;
  const started = await node("--input-type=module", "-e", code);
  expect(started.stdout).toContain(`not installed: npm i -D @stoplight/prism-http@${prism}`);
  const command = await npm("exec", "--", packageJson.name, "mock");
  expect({ status: command.status, stderr: command.stderr }).toEqual({ status: 1, stderr: started.stdout });
});

test("with Prism, the code of the mock server's guide passes in Vitest, node --test, Jest and ts-jest", async () => {
  const named = /npm i -D (\S+)/.exec(mockGuide.replaceAll("`", " "))?.[1] ?? "";
  expect(named).toBe(`@stoplight/prism-http@${prism}`);
  const jestAndTypes = ["jest@30.5.2", "@types/jest@30.0.0", "ts-jest@29.4.15", `typescript@${typescript}`];
  expect(await install(named, `vitest@${vitest}`, ...jestAndTypes)).toMatchObject({ status: 0 });
  const find = (runner: string) => {
    return (
      [...snippets(mockGuide, "ts"), ...snippets(mockGuide, "js")].find((code) => code.includes(`from "${runner}"`)) ??
      ""
    );
  };
  await writeFile(file("vitest.test.ts"), find("vitest"));
  await writeFile(file("node.mjs"), find("node:test"));
  const jest = snippets(mockGuide, "js").find((code) => code.includes("beforeAll(")) ?? "";
  await writeFile(file("jest.spec.cjs"), jest);
  await writeFile(file("jest.spec.ts"), jest.replace(/const (\{.*\}) = require\((.*)\);/g, "import $1 from $2;"));
  const runs = [
    await node("node_modules/vitest/vitest.mjs", "run", "vitest.test.ts"),
    await node("--test", "node.mjs"),
    await node("node_modules/jest/bin/jest.js", "jest.spec.cjs"),
    await node("node_modules/jest/bin/jest.js", "--preset", "ts-jest", "jest.spec.ts"),
  ];
  for (const run of runs) expect(run).toMatchObject({ status: 0 });
  const summaries = runs.map(({ stdout, stderr }) => stripVTControlCharacters(stdout + stderr));
  for (const summary of summaries) expect(summary).toMatch(/\b(1 passed|pass 1)\b/);
}, 240_000);

test("Jest without configuration exchanges a service account's key for a token", async () => {
  const key = createKey();
  const { url } = await serveIam([key]);
  const code = `const { fromServiceAccountKey } = require("${packageJson.name}/iam");
test("signs", async () => {
  const [file, endpoint] = JSON.parse(process.env.KEY_AND_ENDPOINT);
  expect(await fromServiceAccountKey(file, { endpoint })()).toBe("marked-0123456789-1");
});`;
  await writeFile(file("key.spec.cjs"), code);
  const env = { KEY_AND_ENDPOINT: JSON.stringify([await writeKeyFile(key), url]) };
  const jest = start(process.execPath, ["node_modules/jest/bin/jest.js", "key.spec.cjs"], { cwd: project, env });
  expect(await jest.ended).toMatchObject({ status: 0, stderr: expect.stringContaining("1 passed") });
}, 120_000);

test("a mock server does not listen after a test run that was interrupted, or that failed without close()", async () => {
  const begin = `import { writeFileSync } from "node:fs";
import { startMockServer } from "${packageJson.name}/mock";
const mock = await startMockServer();
writeFileSync("url", mock.url);`;
  const url = () => readFile(file("url"), "utf8").catch(() => "");

  await writeFile(
    file("failing.mjs"),
    `${begin}\nimport { test } from "node:test"; test("fails", () => { throw new Error(); });`,
  );
  expect(await node("--test", "failing.mjs")).toMatchObject({ status: 1 });
  expect(await listens(await url())).toBe(false);

  await rm(file("url"));
  await writeFile(
    file("endless.test.js"),
    `import { test } from "vitest";\n${begin}\ntest("never ends", () => new Promise(() => {}), 1e6);`,
  );
  const run = start(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "endless"], { cwd: project });
  await expect.poll(url, { timeout: 60_000, interval: 100 }).not.toBe("");
  expect(await listens(await url())).toBe(true);
  run.child.kill("SIGINT"); // this process alone, not the group that a terminal would interrupt
  await run.ended;
  const last = await url();
  await expect.poll(() => listens(last), { timeout: 30_000 }).toBe(false); // Vitest's workers end a moment after it
}, 120_000);

test("the types of the mock server compile where only TypeScript is installed", async () => {
  const code = `import { type MockServer, startMockServer } from "${packageJson.name}/mock";
export const mock: MockServer = await startMockServer({ backups: [{ id: "1" }], port: undefined });
mock.fail({ status: 503, at: { page: 2 } });
export const status: number | undefined = mock.requests[0]?.status;
// @ts-expect-error
await startMockServer({ backups: [{}] });
// @ts-expect-error
await startMockServer({ backup: 5 });`;
  await writeFile(file("types.mts"), code);
  const program = ts.createProgram([file("types.mts")], {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    noEmit: true,
  });
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});

// Windows does not have signals; there, ending npm ends its children.
test.skipIf(process.platform === "win32")(
  "npx managed-mysql-client mock serves the shipped description, and ends with npx",
  async () => {
    const args = ["exec", "--", packageJson.name, "mock", "--backups", "5", "--seed", "2", "--fail", "503:2"];
    const npx = start("npm", args, { cwd: project });
    await expect.poll(() => npx.stdout, { timeout: 60_000, interval: 100 }).toContain("Ctrl-C");
    const url = /"(http:.*\/backups)"/.exec(npx.stdout)?.[1] ?? "";
    expect(url).toContain(clusterId);
    const get = () => fetch(url, { headers: { authorization: "Bearer any" } });
    expect([(await get()).status, (await get()).status]).toEqual([503, 503]);
    expect((await (await get()).json()).backups).toHaveLength(5);
    npx.child.kill("SIGTERM");
    await npx.ended;
    await expect.poll(() => listens(url), { timeout: 30_000 }).toBe(false);
  },
);
