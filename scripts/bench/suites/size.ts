// What the package costs before it does anything: its size in a bundle, and the time to import it.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { packageName } from "../../../src/package-name.js";
import { lister } from "../data.js";
import { importTime } from "../import-time.js";
import { defineSuite } from "../suite.js";
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

const sizes = { title: "size, minified and gzipped", unit: "bytes", effort: "once" } as const;

export default defineSuite({
  contenders: {
    [`createClient and ${lister}`]: () => async () => (await bundle(client)).size,
    "openapi-fetch alone": () => async () => (await bundle(openapiFetch)).size,
    "on top of openapi-fetch": () => async () => (await bundle(client)).size - (await bundle(openapiFetch)).size,
    "this package": () => importTime(packageName),
    "openapi-fetch": () => importTime("openapi-fetch"),
  },
  rows: [
    { ...sizes, contender: `createClient and ${lister}`, beside: "openapi-fetch alone" },
    { ...sizes, contender: "on top of openapi-fetch", goal: 7_400 },
    { title: "import", contender: "this package", beside: "openapi-fetch", effort: "seldom" },
  ],
  async appendix() {
    const { files } = await bundle(client);
    files.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
    const rows = files.map(([file, { bytesInOutput }]) => [file, bytesInOutput.toLocaleString("en")]);
    return markdownTable(["file in the bundle", "bytes, minified"], rows);
  },
});
