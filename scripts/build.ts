// Builds the package: a module for each entry, because Node.js takes longer to find twenty files than to run one; the
// types, with maps to the sources; and the description, in JSON and in YAML.
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringifyYaml } from "@redocly/openapi-core";
import { build } from "esbuild";

const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));

async function buildTypes(project: string): Promise<void> {
  await promisify(execFile)(process.execPath, [tsc, "-p", project]);
}

async function buildModules(): Promise<void> {
  await build({
    entryPoints: ["src/index.ts", "src/iam.ts", "src/mock.ts", "src/cli.ts"],
    outdir: "dist/src",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    target: "es2022",
    sourcemap: true,
  });
}

async function buildDescription(): Promise<void> {
  await mkdir("dist/generated", { recursive: true });
  await copyFile("generated/openapi.json", "dist/generated/openapi.json");
  const bundled: unknown = JSON.parse(await readFile("generated/openapi.json", "utf8"));
  await writeFile("dist/generated/openapi.yaml", stringifyYaml(bundled));
}

// Without the last build: a file whose source is gone must not ship.
await rm("dist", { recursive: true, force: true });
try {
  const projects = ["tsconfig.build.json", "tsconfig.build.node.json"];
  await Promise.all([...projects.map(buildTypes), buildModules(), buildDescription()]);
} catch (error) {
  console.error(error instanceof Error && "stdout" in error ? error.stdout : error);
  process.exitCode = 1;
}
