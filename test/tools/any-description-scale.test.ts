// A large description: that of a large cloud service with `CI=true`.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { buildDocs } from "../../scripts/docs/build-docs.js";
import { startMockServer } from "../../src/mock.js";
import { rows } from "../support/any-description.js";
import { descriptionWithRows, generateFrom } from "../support/any-description-project.js";
import { compileProject } from "../support/compile.js";
import { project } from "../support/project.js";

const copies = process.env["CI"] ? 12 : 6;
const count = copies * rows.length;

const use = `import { createClient, paginate, type Cat2 } from "./src/index.js";
const client = createClient({ token: "t", baseUrl: process.argv[2] });
export const things: { name: string }[] = await paginate(client, "/rows2/inherited", "things", {}).toArray();
export const { data } = await client.GET("/rows2/get/{id}", { params: { path: { id: "a" } } });
export const kind = (cat: Cat2): string | undefined => cat.kittens?.[0]?.kind;
export const status = (await client.DELETE("/rows2/delete/{id}", { params: { path: { id: "a" } } })).response.status;
`;

test(`a description of ${count} operations goes through generation, compiler, mock server and docs, and few bytes of each into a bundle`, async () => {
  const root = await project("tsconfig.json", "README.md");
  const bundleSize = async (): Promise<number> => {
    const { outputFiles } = await build({
      stdin: { contents: 'export { createClient, paginate } from "./src/index.js"', resolveDir: root },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    return gzipSync(outputFiles[0]?.contents ?? "").byteLength;
  };
  const before = await bundleSize();
  await generateFrom(root, descriptionWithRows("item", copies));
  expect((await bundleSize()) - before).toBeLessThan(10 * count);

  await using mock = await startMockServer({ spec: path.join(root, "generated/openapi.json") });
  await writeFile(path.join(root, "use.ts"), use.replace("process.argv[2]", JSON.stringify(mock.url)));
  await writeFile(path.join(root, "tsconfig.use.json"), '{ "extends": "./tsconfig.json", "include": ["use.ts"] }');
  expect(await compileProject(root, "tsconfig.use.json")).toBe("");
  const { things, data, status } = await import(path.join(root, "use.ts"));
  expect([things, data, status]).toEqual([[{ name: "a" }, { name: "b" }], { name: "a" }, 204]);

  await buildDocs(root, path.join(root, "site"));
  const page = await readFile(path.join(root, "site/index.html"), "utf8");
  for (const { route } of rows) expect(page).toContain(route.replace("/rows/", `/rows${copies - 1}/`));
}, 300_000);
