// A large description, with schemas as they are found in the wild.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import bundled from "../../generated/openapi.json" with { type: "json" };
import { buildDocs } from "../../scripts/docs/build-docs.js";
import { generate } from "../../scripts/generate/files.js";
import { compileProject } from "../support/compile.js";
import { project } from "../support/project.js";
import { runScript } from "../support/run.js";

/** CI takes the size of a large cloud service's description. */
const count = process.env["CI"] ? 300 : 50;
const text = { type: "string", maxLength: 50, description: "Text." };
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const example = (value: object) => ({ one: { summary: "One.", value } });
const content = (name: string, ...values: object[]) => ({
  "application/json": {
    schema: refTo(name),
    examples: Object.assign({}, ...values.map((value, index) => ({ [`example${index}`]: example(value).one }))),
  },
});
const refused = {
  description: "It is refused.",
  content: { "application/json": { schema: { type: "object" }, examples: { refused: example({}).one } } },
};

/** Schemas that inherit, choose by a discriminator, refer to each other in a circle, are maps, and can be null. */
function schemasOf(n: number): object {
  const object = (properties: object, more: object = {}) => ({
    type: "object",
    description: "It.",
    properties,
    ...more,
  });
  return {
    [`Base${n}`]: object({ id: text, createdAt: { ...text, format: "date-time" } }, { required: ["id"] }),
    [`Named${n}`]: { description: "It.", allOf: [refTo(`Base${n}`), object({ name: text })], required: ["name"] },
    [`Thing${n}`]: {
      description: "It.",
      allOf: [
        refTo(`Named${n}`),
        object({
          parent: { description: "It.", anyOf: [refTo(`Thing${n}`), { type: "null" }] },
          children: { type: "array", description: "They.", items: refTo(`Thing${n}`) },
          labels: { type: "object", description: "They.", additionalProperties: text },
          grid: {
            type: "object",
            description: "It.",
            additionalProperties: { type: "array", items: { type: "integer" } },
          },
          config: { type: "object", description: "It.", additionalProperties: true },
          source: refTo(`Source${n}`),
          note: { type: ["string", "null"], description: "It." },
          isProtected: { type: "boolean", description: "It.", default: false },
        }),
      ],
    },
    [`File${n}`]: object({ kind: { const: "file", description: "It." }, path: text }, { required: ["kind"] }),
    [`Copy${n}`]: object(
      { kind: { const: "copy", description: "It." }, of: refTo(`Thing${n}`) },
      { required: ["kind"] },
    ),
    [`Source${n}`]: {
      description: "It.",
      oneOf: [refTo(`File${n}`), refTo(`Copy${n}`)],
      discriminator: {
        propertyName: "kind",
        mapping: { file: `#/components/schemas/File${n}`, copy: `#/components/schemas/Copy${n}` },
      },
    },
    [`ListThings${n}Response`]: object({
      things: { type: "array", description: "They.", items: refTo(`Thing${n}`) },
      nextPageToken: text,
    }),
  };
}

/** A list, a POST, a get, a PATCH and a DELETE of one thing. */
function pathsOf(n: number): object {
  const thing = { id: "a", name: "b", parent: null, grid: { a: [1] }, source: { kind: "file", path: "/" } };
  const operation = (name: string, success: object, more: object = {}) => ({
    operationId: `${name}${n}`,
    tags: ["Things"],
    summary: "It.",
    description: "It.",
    responses: { ...success, 400: refused },
    ...more,
  });
  const pages = content(`ListThings${n}Response`, { things: [thing], nextPageToken: "n" }, { things: [thing] });
  const body = { requestBody: { description: "It.", required: true, content: content(`Thing${n}`, thing) } };
  const ok = { 200: { description: "It.", content: content(`Thing${n}`, thing) } };
  const id = { name: "thingId", in: "path", required: true, description: "It.", schema: text, example: "a" };
  const parameters = [{ name: "pageToken", in: "query", description: "It.", schema: text, example: "a" }];
  return {
    [`/things${n}`]: {
      get: operation("list", { 200: { description: "They.", content: pages } }, { parameters }),
      post: operation("create", ok, body),
    },
    [`/things${n}/{thingId}`]: {
      parameters: [id],
      get: operation("get", ok),
      patch: operation("update", ok, body),
      delete: operation("remove", { 204: { description: "It." } }),
    },
  };
}

const use = `
import { createClient, paginate, type Thing7 } from "./src/index.js";
import { startMockServer } from "./src/mock.js";

const mock = await startMockServer({ spec: "generated/openapi.json" });
const client = createClient({ token: "t", baseUrl: mock.url });
const things: Thing7[] = await paginate(client, "/things7", "things", {}).toArray();
const first: string | undefined = things[0]?.name;
const { data } = await client.PATCH("/things8/{thingId}", { params: { path: { thingId: "a" } }, body: { id: "a", name: "c" } });
const { response } = await client.DELETE("/things9/{thingId}", { params: { path: { thingId: "a" } } });
console.log(JSON.stringify([first, things.length, data?.source?.kind, response.status]));
await mock.close();
`;

test(`a description of ${count} operations goes through generation, compiler, mock server and docs, and few bytes of each into a bundle`, async () => {
  const root = await project("tsconfig.json", "README.md");
  const numbers = Array.from({ length: count / 5 }, (_, index) => index);
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
  const schemas = Object.assign({}, ...numbers.map(schemasOf));
  const paths = Object.assign({}, ...numbers.map(pathsOf));
  const description = {
    ...bundled,
    tags: [...bundled.tags, { name: "Things", description: "They." }],
    paths: { ...paths, ...bundled.paths },
    components: { ...bundled.components, schemas: { ...schemas, ...bundled.components.schemas } },
  };
  await writeFile(path.join(root, "openapi/openapi.yaml"), JSON.stringify(description));
  await generate(root);
  expect((await bundleSize()) - before).toBeLessThan(10 * count);

  await writeFile(path.join(root, "use.ts"), use);
  await writeFile(path.join(root, "tsconfig.use.json"), '{ "extends": "./tsconfig.json", "include": ["use.ts"] }');
  expect(await compileProject(root, "tsconfig.use.json")).toBe("");
  const run = await runScript(path.join(root, "use.ts"), [], { cwd: root });
  expect(run).toEqual({ status: 0, stderr: "", stdout: `${JSON.stringify(["b", 2, "file", 204])}\n` });

  await buildDocs(root, path.join(root, "site"));
  const page = await readFile(path.join(root, "site/index.html"), "utf8");
  for (const id of ["list0", "create1", "get2", "update3", `remove${numbers.at(-1)}`]) expect(page).toContain(id);
}, 300_000);
