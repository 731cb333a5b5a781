// Builds the package: for each entry of package.json's `exports` a module and its types, both for `import` and for
// `require`, with maps to the sources; the command; and the description, in JSON and in YAML. Modules are bundled, because
// Node.js takes longer to find twenty files than to run one.
import { execFile } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringifyYaml } from "@redocly/openapi-core";
import { type Plugin, rolldown } from "rolldown";
import ts from "typescript";
import packageJson from "../package.json" with { type: "json" };

const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
const license = await readFile("node_modules/jose/LICENSE.md", "utf8");
const entries = Object.values(packageJson.exports).flatMap((entry) =>
  typeof entry === "string" ? [] : path.basename(entry.default.default, ".js"),
);

/** Takes `exports.default` of openapi-fetch for its default export, as TypeScript does, where Node.js takes all exports. */
const defaultExport: Plugin = {
  name: "default-export",
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type === "chunk") file.code = file.code.replaceAll(/(__toESM\(\w+), 1\)/g, "$1)");
    }
  },
};

/** Leaves jose out of the source maps, because its sources do not ship. */
const unmapped: Plugin = {
  name: "unmapped",
  transform: (code, id) => (id.includes("/jose/") ? { code, map: { mappings: "" } } : null),
};

async function buildModules(format: "esm" | "cjs", names: readonly string[]): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(names.map((name) => [name, `src/${name}.ts`])),
    // CommonJS cannot load jose in each place, above all not in Jest: it is ES modules only.
    external: (id) => /^[^./]/.test(id) && (format === "esm" || !id.startsWith("jose/")),
    platform: "node",
    plugins: [defaultExport, unmapped],
    transform: { target: "es2022" },
  });
  const extension = format === "esm" ? "js" : "cjs";
  await bundle.write({
    dir: "dist/src",
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name].${extension}`,
    dynamicImportInCjs: false, // Jest lacks import()
    comments: { jsdoc: false },
    banner: ({ moduleIds }) => (moduleIds.some((id) => id.includes("/jose/")) ? `/*!\n${license}*/` : ""),
    sourcemap: true,
    sourcemapExcludeSources: true, // the package has them
  });
}

async function buildTypes(): Promise<void> {
  for (const project of ["tsconfig.build.json", "tsconfig.build.node.json"]) {
    await promisify(execFile)(process.execPath, [tsc, "-p", project]);
  }
  const used = new Set(entries.map((name) => path.join("dist/src", `${name}.d.ts`)));
  for (const file of used) for (const next of await copyForRequire(file)) used.add(next);
  for (const name of await readdir("dist", { recursive: true })) {
    const file = path.join("dist", name);
    const isKept = used.has(file.replace(/\.map$/, "")) && !isOfDescription(file);
    if (/\.d\.ts(\.map)?$/.test(file) && !isKept) await rm(file);
  }
}

/** The types of the description do not import packages, so one copy of them, for `require`, serves both. */
const isOfDescription = (file: string) => file.startsWith(path.normalize("dist/generated/"));

/** Writes a copy of a types file that refers to other such copies. Returns the files that it refers to. */
async function copyForRequire(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8");
  const names = ts.preProcessFile(text).importedFiles.flatMap(({ fileName }) => (/^\./.test(fileName) ? fileName : []));
  const imported = names.map((name) => path.join(path.dirname(file), name.replace(/\.js$/, ".d.ts")));
  const refer = (to: readonly string[]) =>
    to.reduce((rest, name) => rest.replaceAll(`"${name}"`, `"${name.replace(/\.js$/, ".cjs")}"`), text);
  await writeFile(file, refer(names.filter((_, index) => isOfDescription(imported[index] ?? ""))));
  // The description's types are the same as their sources, so a map is not needed.
  const copy = isOfDescription(file) ? refer(names).replace(/^\/\/# sourceMappingURL=.*/m, "") : refer(names);
  await writeFile(file.replace(/\.ts$/, ".cts"), copy);
  return imported;
}

async function buildDescription(): Promise<void> {
  await mkdir("dist/generated", { recursive: true });
  await copyFile("generated/openapi.json", "dist/generated/openapi.json");
  const bundled: unknown = JSON.parse(await readFile("generated/openapi.json", "utf8"));
  await writeFile("dist/generated/openapi.yaml", stringifyYaml(bundled));
}

if (process.cwd().includes("?")) throw new Error("Rolldown cannot build in a folder whose name has a question mark.");
// Without the last build: a file whose source is gone must not ship.
await rm("dist", { recursive: true, force: true });
try {
  await Promise.all([
    buildModules("esm", [...entries, "cli"]),
    buildModules("cjs", entries),
    buildTypes(),
    buildDescription(),
  ]);
} catch (error) {
  console.error(error instanceof Error && "stdout" in error ? error.stdout : error);
  process.exitCode = 1;
}
