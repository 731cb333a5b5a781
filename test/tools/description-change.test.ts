import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { generate } from "../../scripts/generate/files.js";
import { compileProject } from "../support/compile.js";
import { edit, project } from "../support/project.js";
import { type Run, runScript } from "../support/run.js";

/** What comes of one description that breaks callers in two ways, and has two operations more. */
interface Results {
  /** The first line of each error of the compiler. */
  readonly errors: readonly string[];
  /** The run of code that uses the new operations. */
  readonly run: Run;
}

let results: Promise<Results> | undefined;
const change = (): Promise<Results> => (results ??= makeChange());

async function makeChange(): Promise<Results> {
  const root = await project("src", "test/fixtures", "tsconfig.json");
  await edit(root, "openapi/paths/managed-mysql_v1_clusters.yaml", (text) =>
    text.replace(/ +- \$ref: .*ClusterFilter\.yaml\n/, "").replace(/ +filter: .*\n/, ""),
  );
  const files = (await readdir(path.join(root, "openapi"), { recursive: true })).map((name) => `openapi/${name}`);
  for (const file of files.filter((name) => name.endsWith(".yaml"))) {
    const text = await readFile(path.join(root, file), "utf8");
    await writeFile(path.join(root, file), text.replaceAll("sourceClusterId:", "clusterId:"));
  }
  for (const [name, text] of Object.entries(widgets)) await writeFile(path.join(root, "openapi", name), text);
  await edit(root, "openapi/openapi.yaml", (text) =>
    text.replace("paths:\n", "paths:\n  /managed-mysql/v1/widgets:\n    $ref: ./paths/widgets.yaml\n"),
  );
  await generate(root);
  const use = path.join(root, "test/fixtures/widgets.ts");
  await writeFile(use, useOfWidgets);
  const lines = (await compileProject(root, "tsconfig.json")).split("\n");
  return { errors: lines.filter((line) => /^\S/.test(line)), run: await runScript(use, [], { cwd: root }) };
}

// That the fixtures compile as they stand is tested by `npm run typecheck`.
test("a renamed field and a removed parameter are errors in the code of callers, and nothing else is", async () => {
  const { errors } = await change();
  expect(errors).toHaveLength(2);
  const place = /^test\/fixtures\/consumer\.ts\(\d+,\d+\): /;
  for (const error of errors) expect(error).toMatch(place);
  expect(errors[0]).toContain("'sourceClusterId' does not exist on type 'Backup'");
  expect(errors[1]).toContain("'filter'");
});

test("an operation that nobody has written a line for has types, limits, pages and a mock", async () => {
  const { errors, run } = await change();
  expect(errors.filter((error) => error.includes("widgets.ts"))).toEqual([]);
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toEqual({
    names: ["first", "second", "third"],
    refused: "folderId",
    statuses: [200, 400],
    added: "fourth",
  });
});

describe("an enum that is open", () => {
  const file = path.resolve("test/completions.ts");
  const code = `import { createClient, listClusters, paginate } from "../src/index.js";
const client = createClient({ token: "t" });
for await (const { status } of listClusters(client, { folderId: "f" })) console.log(status === "");
paginate(client, "");
`;
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const text = (name: string) => (name === file ? code : ts.sys.readFile(name));
  const editor = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(text(name) ?? ""),
    getCurrentDirectory: () => process.cwd(),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: text,
  });
  const completionsAfter = (start: string) =>
    editor.getCompletionsAtPosition(file, code.indexOf(start) + start.length, {})?.entries.map(({ name }) => name);

  test("is completed by an editor, as the paths of paginate are", () => {
    expect(completionsAfter('status === "')).toEqual(expect.arrayContaining(["RUNNING", "STOPPED", "STATUS_UNKNOWN"]));
    const paths = completionsAfter('paginate(client, "');
    expect(paths).toEqual(expect.arrayContaining(["/managed-mysql/v1/backups", "/managed-mysql/v1/clusters"]));
    expect(editor.getSemanticDiagnostics(file).map(({ code }) => code)).toEqual([2554]); // paginate lacks two arguments
  });
});

/** The files of an operation that nobody knows. */
const widgets = {
  "paths/widgets.yaml": `
get:
  operationId: listWidgets
  tags: [Cluster]
  summary: List the widgets of a folder
  description: Returns one page of widgets.
  parameters:
    - $ref: ../components/parameters/FolderId.yaml
    - $ref: ../components/parameters/PageToken.yaml
  responses:
    "200":
      description: One page of widgets.
      content:
        application/json:
          schema:
            $ref: ../components/schemas/ListWidgetsResponse.yaml
          examples:
            firstPage:
              summary: The first of two.
              value: { widgets: [{ name: first }, { name: second, role: MASTER }], nextPageToken: next }
            lastPage:
              summary: The last.
              value: { widgets: [{ name: third, role: OF_TOMORROW }] }
    "400":
      $ref: ../components/responses/BadRequest.yaml
post:
  operationId: addWidget
  tags: [Cluster]
  summary: Add a widget to a folder
  description: Returns the new widget.
  parameters:
    - $ref: ../components/parameters/FolderId.yaml
  requestBody:
    description: The new widget.
    required: true
    content: &widget
      application/json:
        schema:
          $ref: ../components/schemas/Widget.yaml
        examples:
          newWidget:
            summary: A widget.
            value: { name: fourth }
  responses:
    "200":
      description: The widget.
      content: *widget
    "400":
      $ref: ../components/responses/BadRequest.yaml
`,
  "components/schemas/ListWidgetsResponse.yaml": `
type: object
description: One page of widgets.
properties:
  widgets:
    type: array
    description: The widgets.
    items:
      $ref: ./Widget.yaml
  nextPageToken:
    type: string
    description: Where to go on.
`,
  "components/schemas/Widget.yaml": `
type: object
description: A widget.
required: [name]
properties:
  name:
    type: string
    description: Its name.
  role:
    description: Its role.
    anyOf:
      - type: string
        enum: [MASTER, REPLICA]
      - type: string
`,
};

const useOfWidgets = `
import { createClient, type Widget, InvalidArgumentError, paginate } from "../../src/index.js";
import { startMockServer } from "../../src/mock.js";

const mock = await startMockServer({ spec: "openapi/openapi.yaml" });
const client = createClient({ token: "t", baseUrl: mock.url });
const list = (folderId: string) => paginate(client, "/managed-mysql/v1/widgets", "widgets", { folderId });

const names: string[] = [];
for await (const { name, role } of list("f")) if (role !== "REPLICA") names.push(name satisfies Widget["name"]);
const refused = await list("f".repeat(51)).toArray().catch((error: unknown) =>
  error instanceof InvalidArgumentError ? error.argument : String(error),
);
const status = async (folderId: string) =>
  (await fetch(\`\${mock.url}/managed-mysql/v1/widgets?folderId=\${folderId}\`, { headers: { authorization: "Bearer t" } })).status;
const params = { query: { folderId: "f" } };
const { data } = await client.POST("/managed-mysql/v1/widgets", { params, body: { name: "fourth" } });
const added: string | undefined = data?.name;
console.log(JSON.stringify({ names, refused, statuses: [await status("f"), await status("f".repeat(51))], added }));
await mock.close();

// @ts-expect-error folderId is required
paginate(client, "/managed-mysql/v1/widgets", "widgets", {});
// @ts-expect-error nextPageToken is no list
paginate(client, "/managed-mysql/v1/widgets", "nextPageToken", { folderId: "f" });
// @ts-expect-error a widget has a name
const bad = () => client.POST("/managed-mysql/v1/widgets", { params, body: {} });
`;
