import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

let names: string[] = [];
let files: readonly { path: string; size: number }[] = [];
beforeAll(async () => {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout } = await promisify(execFile)("npm", args, { shell: process.platform === "win32" });
  const [tarball] = JSON.parse(stdout) as [{ files: typeof files }];
  files = tarball.files;
  names = files.map((file) => file.path);
});

test("the tarball has all files of each entry, and no others", async () => {
  const seeds = ["README.md", "CHANGELOG.md", "LICENSE", "package.json", "src/mock/README.md"];
  const used = new Set([...seeds, ...targets(packageJson).map(path.normalize)]);
  for (const name of used) for (const next of await referred(name)) used.add(next);
  expect(names.toSorted()).toEqual([...used].sort());
});

test("the tarball has less than 800 kB unpacked, without the generated files", () => {
  const own = files.filter(({ path }) => !path.startsWith("dist/generated/"));
  expect(own.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(800_000);
});

test("the tarball has source maps without copies of the sources", async () => {
  const maps = names.filter((name) => name.endsWith(".map"));
  expect(maps.length).toBeGreaterThan(20);
  for (const name of maps) expect(JSON.parse(await readFile(name, "utf8"))).not.toHaveProperty("sourcesContent");
});

/** The files that package.json names. */
function targets({ main, types, bin, exports, typesVersions }: typeof packageJson): string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(leaves);
  return leaves([main, types, bin, exports, typesVersions]);
}

/** The files of the package that a file loads, or leads a debugger or an editor to. */
async function referred(name: string): Promise<string[]> {
  const text = /\.(map|[cm]?[jt]s)$/.test(name) && /^dist/.test(name) ? await readFile(name, "utf8") : "";
  const map = /^\/\/# sourceMappingURL=(.*)/m.exec(text)?.[1];
  const found = name.endsWith(".map")
    ? (JSON.parse(text) as { sources: string[] }).sources
    : [
        ...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
        ...(map ? [`./${map}`] : []),
      ];
  const isTypes = /\.d\.[cm]?ts$/.test(name);
  return found
    .filter((target) => name.endsWith(".map") || target.startsWith("."))
    .map((target) => path.posix.join(path.posix.dirname(name), target))
    .map((target) => (isTypes ? target.replace(/\.(c?)js$/, ".d.$1ts") : target));
}

/** A bundle of an import of the built package, and the files of which something is in it. */
async function bundle(contents: string): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    tsconfigRaw: {}, // without `paths`, which lead to the sources
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    metafile: true,
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    text: outputFiles[0]?.text ?? "",
    inputs: inputs.flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? name : [])),
  };
}

test("a bundle of createClient and listBackups has at most 14 kB, minified and gzipped", async () => {
  const contents = `export { createClient, listBackups } from "${packageJson.name}"`;
  const { text } = await bundle(contents);
  expect(gzipSync(text, { level: 9 }).byteLength).toBeLessThanOrEqual(14_336);
});

test("a bundle of the client has no token functions, and one of fromMetadata does not have jose", async () => {
  const client = await bundle(`export * from "${packageJson.name}"`);
  expect(client.inputs.filter((name) => /jose|iam/.test(name))).toEqual([]);
  for (const word of ["computeMetadata", "iam.api"]) expect(client.text).not.toContain(word);
  const { inputs } = await bundle(`export { fromMetadata } from "${packageJson.name}/iam"`);
  expect(inputs.filter((name) => name.includes("jose"))).toEqual([]);
});

test("a bundle of paginate does not have the client, and one of an error class does not have paging", async () => {
  const { text, inputs } = await bundle(`export { paginate } from "${packageJson.name}"`);
  expect(inputs.join()).not.toContain("openapi-fetch");
  for (const word of ["authorization", "forceRefresh", "must be https:"]) expect(text).not.toContain(word);
  const { text: one } = await bundle(`export { InvalidArgumentError } from "${packageJson.name}"`);
  expect(one).not.toContain("nextPageToken");
});
