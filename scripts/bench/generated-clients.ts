// The clients that other generators write from the same description, made anew whenever the bench needs them.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = path.join(root, "node_modules/.cache/bench");
const description = path.join(root, "generated/openapi.json");

/** The last that runs on Node.js 20. */
const heyApi = "@hey-api/openapi-ts@0.95.0";

/** The source of each, as a user would import it. */
export const generatedClients = {
  "redocly client": 'export { client, listBackups } from "./redocly/client.ts";',
  "hey-api": 'export { client } from "./hey-api/client.gen.ts"; export { listBackups } from "./hey-api/sdk.gen.ts";',
} as const;
export type GeneratedClient = keyof typeof generatedClients;

/** Where the module of a generated client is, once it was made. */
export function moduleOf(name: GeneratedClient): URL {
  return pathToFileURL(path.join(cache, `${name}.mjs`));
}

/** Generates and compiles them. The one that is no dependency comes from the registry, into the cache. */
export async function generateClients(): Promise<void> {
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, "package.json"), '{ "private": true, "type": "module" }');
  const npm = [
    "install",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--prefer-offline",
    heyApi,
    "typescript@5.9.3",
  ];
  await run("npm", npm, { cwd: cache, shell: process.platform === "win32" });
  const heyApiCli = path.join(cache, "node_modules/@hey-api/openapi-ts/bin/run.js");
  await run(process.execPath, [heyApiCli, "-i", description, "-o", "hey-api", "--no-log-file"], { cwd: cache });
  const redoclyCli = path.join(root, "scripts/redocly.js");
  const output = path.join(cache, "redocly/client.ts");
  await run(process.execPath, [redoclyCli, "generate-client", description, "--output", output], { cwd: cache });
  for (const [name, contents] of Object.entries(generatedClients)) {
    await bundle(contents, cache, { outfile: path.join(cache, `${name}.mjs`) });
  }
}

/** Bundles a module as a browser would get it, and gives its text. */
export async function bundle(
  contents: string,
  resolveDir: string,
  { minify = false, outfile = "" }: { minify?: boolean; outfile?: string } = {},
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: "esm",
    target: "es2022",
    minify,
    write: outfile !== "",
    ...(outfile && { outfile }),
  });
  return outputFiles?.[0]?.text ?? "";
}

export { cache, root };
