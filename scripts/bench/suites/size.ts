// The cost of the package before a call: its size in a bundle, and the time to import it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { packageName } from "../../../src/package-name.js";
import { lister } from "../data.js";
import { defineSuite, type Sample } from "../suite.js";
import { markdownTable } from "../table.js";

const client = `export { createClient, ${lister} } from "./src/index.ts";`;
const openapiFetch = 'export { default } from "openapi-fetch";';

/** Bundles a module and minifies it, as a user's bundler would. */
async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    write: false,
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return { size: gzipSync(outputFiles[0]?.text ?? "", { level: 9 }).byteLength, files };
}

/** Samples the time in which a fresh process imports a module, in milliseconds. */
function importTime(specifier: string): Sample {
  const code = `const begin = performance.now(); await import("${specifier}"); console.log(performance.now() - begin);`;
  return async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code]);
    return Number(stdout);
  };
}

const sizes = { title: "size, minified and gzipped", unit: "bytes", effort: "once" } as const;

export default defineSuite({
  hasServer: false,
  contenders: {
    [`createClient and ${lister}`]: () => async () => (await bundle(client)).size,
    "openapi-fetch alone": () => async () => (await bundle(openapiFetch)).size,
    "this package": () => importTime(packageName),
    "openapi-fetch": () => importTime("openapi-fetch"),
  },
  rows: [
    { ...sizes, contender: `createClient and ${lister}`, beside: "openapi-fetch alone" },
    { title: "import", contender: "this package", beside: "openapi-fetch", effort: "seldom" },
  ],
  async appendix() {
    const { files } = await bundle(client);
    files.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
    const rows = files.map(([file, { bytesInOutput }]) => [file, bytesInOutput.toLocaleString("en")]);
    return markdownTable(["file in the bundle", "bytes, minified"], rows);
  },
});
