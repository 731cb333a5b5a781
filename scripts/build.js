// @ts-check
// Builds the package: a module for each entry, because Node.js takes longer to find twenty files than to run one; the
// types, with maps to the sources; and the description, in JSON and in YAML.
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringifyYaml } from "@redocly/openapi-core";
import { build } from "esbuild";

const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));

/** @param {string} project */
async function types(project) {
  await promisify(execFile)(process.execPath, [tsc, "-p", project]);
}

function modules() {
  return build({
    entryPoints: ["src/index.ts", "src/mock.ts", "src/cli.ts"],
    outdir: "dist/src",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    target: "es2022",
    sourcemap: true,
  });
}

async function description() {
  await mkdir("dist/generated", { recursive: true });
  await copyFile("generated/openapi.json", "dist/generated/openapi.json");
  const bundled = JSON.parse(await readFile("generated/openapi.json", "utf8"));
  await writeFile("dist/generated/openapi.yaml", stringifyYaml(bundled));
}

// Without the last build: a file whose source is gone must not ship.
await rm("dist", { recursive: true, force: true });
try {
  await Promise.all([types("tsconfig.build.json"), types("tsconfig.build.node.json"), modules(), description()]);
} catch (error) {
  const output = error instanceof Error && "stdout" in error ? error.stdout : error;
  console.error(output);
  process.exitCode = 1;
}
