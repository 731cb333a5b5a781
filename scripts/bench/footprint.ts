// What a client costs before it does anything: its size in a bundle, and the time to import it.
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { bundle, cache, generateClients, generatedClients, moduleOf, root } from "./generated-clients.js";
import type { Side } from "./measure.js";

const sources: Readonly<Record<string, string>> = {
  "this client": 'export { createClient, listBackups } from "managed-mysql-client";',
  "openapi-fetch": 'export { default } from "openapi-fetch";',
  ...generatedClients,
};

/** The size of each client in a bundle, minified and gzipped, in bytes. */
export async function sizes(): Promise<Readonly<Record<string, Side>>> {
  await generateClients();
  const sides = Object.entries(sources).map(async ([name, source]) => {
    const from = name in generatedClients ? cache : root;
    const text = await bundle(source, from, { minify: true });
    const side: Side = { name, sample: async () => gzipSync(text, { level: 9 }).byteLength };
    return [name, side] as const;
  });
  return Object.fromEntries(await Promise.all(sides));
}

/** The time in which a fresh process imports each client, and one that imports nothing, in milliseconds. */
export async function imports(): Promise<Readonly<Record<string, Side>>> {
  await generateClients();
  await mkdir(cache, { recursive: true });
  const empty = path.join(cache, "empty.mjs");
  await writeFile(empty, "");
  const urls: Record<string, URL> = {
    "this client": pathToFileURL(path.join(root, "dist/src/index.js")),
    "openapi-fetch": new URL(import.meta.resolve("openapi-fetch")),
    "redocly client": moduleOf("redocly client"),
    "hey-api": moduleOf("hey-api"),
    "an empty module": pathToFileURL(empty),
  };
  const sides = Object.entries(urls).map(([name, { href }]): [string, Side] => {
    const script = `const start = performance.now(); await import(${JSON.stringify(href)}); console.log(performance.now() - start);`;
    const sample = async (): Promise<number> => {
      const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
      });
      if (stdout === "") throw new Error(`${name}: ${stderr}`);
      return Number(stdout);
    };
    return [name, { name, sample }];
  });
  return Object.fromEntries(sides);
}
