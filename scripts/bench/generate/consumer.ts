// Code that uses each operation of a generated description: how long the compiler and an editor take for it.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { type Project, pathOf } from "./project.js";

export type Library = "this client" | "openapi-fetch";

const start = {
  "this client": `import { createClient, paginate } from "./src/index.js";
const client = createClient({ token: "t" });
`,
  "openapi-fetch": `import createClient from "openapi-fetch";
import type { paths } from "./generated/openapi.js";
const client = createClient<paths>();
`,
};

/** Writes the code, and gives the name of its file. */
export function writeConsumer({ root, operations }: Project, library: Library): string {
  const use = {
    "this client": (route: string) =>
      `for await (const item of paginate(client, "${route}", "backups", { clusterId: "c" })) console.log(item.id);`,
    "openapi-fetch": (route: string) =>
      `for (const item of (await client.GET("${route}", { params: { path: { clusterId: "c" } } })).data?.backups ?? []) console.log(item.id);`,
  }[library];
  const lines = Array.from({ length: operations }, (_, index) => use(pathOf(index)));
  const file = path.join(root, `${library.replace(" ", "-")}.ts`);
  writeFileSync(file, `${start[library]}${lines.join("\n")}\nexport {};\n`);
  return file;
}

/** How long the compiler checks the code, in milliseconds. */
export function checkTime({ root }: Project, file: string): number {
  const config = path.join(root, "tsconfig.consumer.json");
  writeFileSync(config, JSON.stringify({ extends: "./tsconfig.json", files: [file], include: [] }));
  const compiler = path.resolve("node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", config, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  const [, seconds] = /^Check time:\s+([\d.]+)s$/m.exec(stdout) ?? [];
  if (status !== 0 || seconds === undefined)
    throw new Error(`The consumer does not compile:\n${stdout.slice(0, 2000)}`);
  return Number(seconds) * 1000;
}

/** How long an editor waits for the paths of the description after a key was pressed in a file that it knows. */
export function completionTime({ root }: Project): () => number {
  const file = path.join(root, "completion.ts");
  const call = 'paginate(client, "';
  let code = "";
  let version = 0;
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const editor = ts.createLanguageService(
    {
      getScriptFileNames: () => [file],
      getScriptVersion: (name) => (name === file ? `${version}` : "0"),
      getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString((name === file ? code : ts.sys.readFile(name)) ?? ""),
      getCurrentDirectory: () => root,
      getCompilationSettings: () => options,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: (name) => (name === file ? code : ts.sys.readFile(name)),
    },
    ts.createDocumentRegistry(),
  );
  return () => {
    version += 1;
    code = `${start["this client"]}// ${version}\n${call}");\n`;
    const before = performance.now();
    const completions = editor.getCompletionsAtPosition(file, code.indexOf(call) + call.length, {});
    const time = performance.now() - before;
    if (!completions?.entries.some(({ name }) => name === pathOf(0))) throw new Error("The editor knows no path");
    return time;
  };
}
