// The cost of the package before a call: its size in a bundle, and the time to import it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { packageName } from "../../../src/package-name.js";
import { lister } from "../data.js";
import { defineSuite, type Sample } from "../suite.js";

const client = `export { createClient, ${lister} } from "./src/index.ts";`;
const openapiFetch = 'export { default } from "openapi-fetch";';

/** The size of a module, bundled and minified as by a user's bundler. */
async function sizeOf(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.text ?? "", { level: 9 }).byteLength;
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
    [`createClient and ${lister}`]: () => () => sizeOf(client),
    "openapi-fetch alone": () => () => sizeOf(openapiFetch),
    "this package": () => importTime(packageName),
    "openapi-fetch": () => importTime("openapi-fetch"),
  },
  rows: [
    { ...sizes, contender: `createClient and ${lister}`, beside: "openapi-fetch alone" },
    { title: "import", contender: "this package", beside: "openapi-fetch", effort: "seldom" },
  ],
});
