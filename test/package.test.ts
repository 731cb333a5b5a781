import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import packageLock from "../package-lock.json" with { type: "json" };
import { compile } from "./support/compile.js";
import { mockGuide, readme, snippets } from "./support/readme.js";

describe("the README", () => {
  test("the README and the mock's guide have only snippets that compile", async () => {
    // That with undici is compiled where it is installed: in test/installed.
    const codes = [...snippets(readme, "ts"), ...snippets(mockGuide, "ts")].filter((code) => !code.includes("undici"));
    expect(codes.length).toBeGreaterThanOrEqual(10);
    expect(await compile(codes)).toEqual([]);
  });

  test("has less than 200 lines, and is followed by all scripts in CONTRIBUTING.md", async () => {
    expect(readme.split("\n").length).toBeLessThan(201);
    const contributing = await readFile("CONTRIBUTING.md", "utf8");
    const named = [...contributing.matchAll(/npm (?:run )?(start|(?<=run )[a-z:]+|test)/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(packageJson.scripts).sort());
  });

  test("links only to headings and files that there are", async () => {
    const links = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(10);
    const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
    const anchors = headings.map((heading) => `#${heading.toLowerCase().replaceAll(" ", "-")}`);
    expect(links.filter((link) => link.startsWith("#"))).toEqual(anchors);
    for (const link of links) if (!link.startsWith("#")) expect(await readFile(link, "utf8")).not.toBe("");
  });
});

describe("the tarball", () => {
  let names: string[] = [];
  let files: readonly { path: string; size: number }[] = [];
  beforeAll(async () => {
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = await promisify(execFile)("npm", args, { shell: process.platform === "win32" });
    const [tarball] = JSON.parse(stdout) as [{ files: typeof files }];
    files = tarball.files;
    names = files.map((file) => file.path);
  });

  test("has all files of each entry, and no others", async () => {
    const seeds = ["README.md", "CHANGELOG.md", "LICENSE", "package.json", "src/mock/README.md"];
    const used = new Set([...seeds, ...targets(packageJson).map(path.normalize)]);
    for (const name of used) for (const next of await referred(name)) used.add(next);
    expect(names.toSorted()).toEqual([...used].sort());
  });

  test("has less than 640 kB when it is unpacked, beside what is generated from the description", () => {
    const own = files.filter(({ path }) => !path.startsWith("dist/generated/"));
    expect(own.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(640_000);
  });

  test("has each source once: no map has a copy in it", async () => {
    const maps = names.filter((name) => name.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(20);
    for (const name of maps) expect(JSON.parse(await readFile(name, "utf8"))).not.toHaveProperty("sourcesContent");
  });
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

describe("a bundle", () => {
  /** What esbuild makes of an import of the built package, and the files of which something is in it. */
  async function bundle(contents: string): Promise<{ text: string; inputs: string[] }> {
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: process.cwd() },
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

  test("a bundle of createClient and listBackups keeps to its budget, minified and gzipped", async () => {
    const contents = `export { createClient, listBackups } from "${packageJson.name}"`;
    const { text } = await bundle(contents);
    expect(gzipSync(text, { level: 9 }).byteLength).toBeLessThanOrEqual(11_264);
  });

  test("a bundle of the client has no token functions, and these load jose only when a key is used", async () => {
    const client = await bundle(`export * from "${packageJson.name}"`);
    expect(client.inputs.filter((name) => /jose|iam/.test(name))).toEqual([]);
    for (const word of ["computeMetadata", "iam.api"]) expect(client.text).not.toContain(word);
    const { inputs } = await bundle(`export { fromMetadata } from "${packageJson.name}/iam"`);
    expect(inputs.filter((name) => name.includes("jose"))).toEqual([]);
  });

  test("a bundle of paginate has nothing of the client, and one of an error class little more than the class", async () => {
    const { text, inputs } = await bundle(`export { paginate } from "${packageJson.name}"`);
    expect(inputs.join()).not.toContain("openapi-fetch");
    for (const word of ["authorization", "forceRefresh", "must be https:"]) expect(text).not.toContain(word);
    const { text: one } = await bundle(`export { InvalidArgumentError } from "${packageJson.name}"`);
    expect(one).not.toContain("nextPageToken");
  });
});

describe("what is installed", () => {
  const { "": root, ...packages } = packageLock.packages as Record<string, LockedPackage>;

  test("for users is openapi-fetch and its types, and jose, without a script", () => {
    const forUsers = Object.entries(packages).filter(([, { dev, optional, peer }]) => !dev && !optional && !peer);
    expect(forUsers.map(([name]) => name)).toEqual([
      "node_modules/jose",
      "node_modules/openapi-fetch",
      "node_modules/openapi-typescript-helpers",
    ]);
    for (const [, { hasInstallScript }] of forUsers) expect(hasInstallScript).toBeUndefined();
    expect(Object.keys(packageJson.scripts).filter((name) => /install|prepare|^pre|^post/.test(name))).toEqual([]);
  });

  test("is pinned by its hash, from no registry in particular, and in the version of package.json", async () => {
    expect(root?.version).toBe(packageJson.version);
    for (const [name, { integrity, resolved, link }] of Object.entries(packages)) {
      expect({ name, integrity, resolved, link }).toMatchObject({ integrity: expect.stringMatching(/^sha512-/) });
      expect({ name, resolved }).toEqual({ name, resolved: undefined });
    }
    expect(await readFile(".npmrc", "utf8")).toContain("ignore-scripts=true");
  });
});

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly hasInstallScript?: boolean;
}
