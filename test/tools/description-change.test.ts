// The compiler, an editor and the diff read a description that has the rows of any-description.ts, and in which a field and
// a parameter are renamed.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { type Change, compare } from "../../scripts/diff/compare.js";
import { rows } from "../support/any-description.js";
import { descriptionWithRows, generateFrom } from "../support/any-description-project.js";
import { compileProject } from "../support/compile.js";
import { project } from "../support/project.js";

const editorCode = `import { createClient, listClusters, paginate, type paths } from "./src/index.js";
import { lister } from "./src/paginate.js";
const client = createClient({ token: "t" });
for await (const { status } of listClusters(client, { folderId: "f" })) console.log(status === "");
paginate(client, "");
paginate(client, "/rows/cursor", "things", {});
lister("/rows/cursor", "things");
lister("/rows/old", "things")(client, {});
lister("/rows/list", "things")(client, { "x-trace": "t" });
export type Old = paths["/rows/old"];
export type Current = paths["/rows/list"];
`;

interface Results {
  /** The first line of each error of the compiler. */
  readonly errors: readonly string[];
  /** The code from each place on that an editor strikes through. */
  readonly deprecated: readonly string[];
  readonly completionsAfter: (code: string) => readonly string[];
  readonly changes: readonly Change[];
}

/** The first test prepares the results for all. */
let results: Promise<Results> | undefined;
const resultsOf = () => (results ??= prepare());

async function prepare(): Promise<Results> {
  const root = await project("tsconfig.json", "test/fixtures");
  const json = JSON.stringify(descriptionWithRows());
  const changed = json.replaceAll('"sourceClusterId":', '"clusterId":').replaceAll('"name":"filter"', '"name":"where"');
  await generateFrom(root, JSON.parse(changed));
  await writeFile(path.join(root, "rows.ts"), codeOfRows());
  await writeFile(path.join(root, "editor.ts"), editorCode);
  const [output, changes] = await Promise.all([
    compileProject(root, "tsconfig.json"),
    compare(descriptionWithRows("before"), descriptionWithRows()),
  ]);
  return { errors: output.split("\n").filter((line) => /^\S/.test(line)), ...askEditor(root), changes };
}

/** The calls of all rows, whose results have the type of the row, and those that must not compile. */
function codeOfRows(): string {
  const entries = rows.map(({ type, call, wrong }) => {
    return `async () => {
  const result = await ${call};
  const isKnown: 0 extends 1 & typeof result ? false : true = true;
  void isKnown;
  return result satisfies ${type};
},${wrong.map((code) => `\n// @ts-expect-error\n() => ${code},`).join("")}`;
  });
  return `import { createClient, paginate } from "./src/index.js";
const client = createClient();
export const calls = [\n${entries.join("\n")}\n];\n`;
}

function askEditor(root: string): Pick<Results, "deprecated" | "completionsAfter"> {
  const file = path.join(root, "editor.ts");
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const editor = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? ""),
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  const marked = editor.getSuggestionDiagnostics(file).filter(({ reportsDeprecated }) => reportsDeprecated);
  const completions = new Map(
    ['status === "', 'paginate(client, "'].map((code) => {
      const position = editorCode.indexOf(code) + code.length;
      return [code, editor.getCompletionsAtPosition(file, position, {})?.entries.map(({ name }) => name) ?? []];
    }),
  );
  return {
    deprecated: marked.map(({ start }) => editorCode.slice(start, editorCode.indexOf(";", start))),
    completionsAfter: (code) => completions.get(code) ?? [],
  };
}

test("the compiler accepts each row, and refuses a call that the description does not allow", async () => {
  const { errors } = await resultsOf();
  expect(errors.filter((line) => line.startsWith("rows.ts"))).toEqual([]);
}, 300_000);

test("a path that does not page is a compiler error that names the missing parameter and field", async () => {
  const type = '{ error: "This path does not page: its GET must take pageToken and respond with nextPageToken"; }';
  const message = `error TS2345: Argument of type 'string' is not assignable to parameter of type '${type}'.`;
  const errors = (await resultsOf()).errors.filter((line) => /^editor\.ts\([67],/.test(line));
  expect(errors).toEqual([`editor.ts(6,18): ${message}`, `editor.ts(7,8): ${message}`]);
});

// That the fixture compiles as it stands is tested by `npm run typecheck`.
test("a renamed field and a renamed parameter are compiler errors in the code of callers, and nowhere else", async () => {
  const errors = (await resultsOf()).errors.filter((line) => !/^(editor|rows)\.ts/.test(line));
  expect(errors).toEqual([
    expect.stringMatching(/^test\/fixtures\/consumer\.ts.*'sourceClusterId' does not exist on type 'Backup'/),
    expect.stringMatching(/^test\/fixtures\/consumer\.ts.*'filter'/),
  ]);
});

test("an editor strikes through a deprecated operation: its lister, and its path", async () => {
  expect((await resultsOf()).deprecated).toEqual(['lister("/rows/old", "things")(client, {})', '"/rows/old"]']);
});

test.each([
  ['status === "', ["RUNNING", "STOPPED", "STATUS_UNKNOWN"]],
  ['paginate(client, "', ["/managed-mysql/v1/backups", "/managed-mysql/v1/clusters"]],
])("an editor completes %s with the values of the description", async (code, values) => {
  expect((await resultsOf()).completionsAfter(code)).toEqual(expect.arrayContaining(values));
});

test.each(rows.map((row) => [row.name, row] as const))("the diff has a verdict on %s", async (_, { route, diff }) => {
  const place = `paths/${route.replaceAll("/", "~1")}/`;
  expect((await resultsOf()).changes.find((change) => `${change.place}/`.startsWith(place))?.impact).toBe(diff);
});
