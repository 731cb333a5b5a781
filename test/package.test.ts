import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import packageLock from "../package-lock.json" with { type: "json" };
import { compile } from "./support/compile.js";
import { readme, snippets } from "./support/readme.js";

describe("the README", () => {
  test("has only snippets that compile", async () => {
    const codes = snippets("ts");
    expect(codes.length).toBeGreaterThanOrEqual(3);
    expect(await compile(codes)).toEqual([]);
  });

  test("names only scripts that there are, and all of them", () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|(?<=run )[a-z:]+|test)/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(packageJson.scripts).sort());
  });

  test("links only to files that there are, and to pages of the repository's site", async () => {
    const links = [...readme.matchAll(/\]\((?!https?:|\.\.\/)([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(await readFile(link, "utf8")).not.toBe("");
  });
});

describe("the tarball", () => {
  let names: string[] = [];
  let unpackedSize = Number.POSITIVE_INFINITY;
  beforeAll(async () => {
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = await promisify(execFile)("npm", args, { shell: process.platform === "win32" });
    const [tarball] = JSON.parse(stdout) as [{ files: { path: string }[]; unpackedSize: number }];
    names = tarball.files.map((file) => file.path);
    unpackedSize = tarball.unpackedSize;
  });

  test("holds what its users need, and nothing else", () => {
    const entries = Object.values(packageJson.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : Object.values(entry),
    );
    for (const entry of [...entries, ...Object.values(packageJson.bin)]) {
      expect(names).toContain(path.posix.normalize(entry));
    }
    const expected =
      /^(README\.md|CHANGELOG\.md|LICENSE|package\.json|(dist\/)?generated\/(\w+\/)?\w+\.(d\.)?ts(\.map)?)$/;
    const built = /^dist\/(src\/[\w/-]+\.(js|d\.ts)(\.map)?|generated\/openapi\.(json|yaml))$/;
    const source = /^src\/[\w/-]+\.ts$/; // what the maps of the types lead to
    const other = names.filter((name) => ![expected, built, source].some((pattern) => pattern.test(name)));
    expect(other).toEqual([]);
  });

  test("has less than 600 kB when it is unpacked", () => {
    expect(unpackedSize).toBeLessThan(600_000);
  });

  test("has a source for each place that a map leads to", async () => {
    const maps = names.filter((name) => name.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(20);
    for (const name of maps) {
      const map = JSON.parse(await readFile(name, "utf8")) as { sources: string[]; sourcesContent?: string[] };
      for (const [index, source] of map.sources.entries()) {
        const file = path.posix.join(path.posix.dirname(name), source);
        if (map.sourcesContent) expect(map.sourcesContent[index]).toBe(await readFile(file, "utf8"));
        else expect(names).toContain(file);
      }
    }
  });
});

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

  test("of createClient and listBackups keeps to its budget, minified and gzipped", async () => {
    const contents = `export { createClient, listBackups } from "${packageJson.name}"`;
    const { text } = await bundle(contents);
    expect(gzipSync(text, { level: 9 }).byteLength).toBeLessThanOrEqual(6_144);
  });

  test("of the client has nothing of the token functions, and that of these needs no jose before a key is used", async () => {
    const client = await bundle(`export * from "${packageJson.name}"`);
    expect(client.inputs.filter((name) => /jose|iam/.test(name))).toEqual([]);
    expect(client.text).not.toContain("computeMetadata");
    const { inputs } = await bundle(`export { fromMetadata } from "${packageJson.name}/iam"`);
    expect(inputs.filter((name) => name.includes("jose"))).toEqual([]);
  });

  test("of paginate alone has nothing of the client, and of a class alone little more than the class", async () => {
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
