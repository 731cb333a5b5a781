import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import packageJson from "../../package.json" with { type: "json" };

/** The files of packages, which are the same in every project: each is parsed once in a test file. */
const packages = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of each piece of code, as strictly as of the project's own; the package is this one. */
export async function compile(pieces: readonly string[]): Promise<string[]> {
  const root = await mkdtemp(path.join(tmpdir(), "compile-"));
  try {
    await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
    const files = pieces.map((_, index) => path.join(root, `piece-${index}.mts`));
    await Promise.all(files.map((file, index) => writeFile(file, pieces[index] ?? "")));
    const { compilerOptions } = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, process.cwd());
    const paths = {
      [packageJson.name]: [path.resolve("src/index.ts")],
      [`${packageJson.name}/iam`]: [path.resolve("src/iam.ts")],
      [`${packageJson.name}/mock`]: [path.resolve("src/mock.ts")],
    };
    return ts
      .getPreEmitDiagnostics(createProgram(files, { ...options, paths }))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A project as the compiler reads it. */
export function readProject(root: string, config: string): { program: ts.Program; errors: readonly ts.Diagnostic[] } {
  const { config: json } = ts.readConfigFile(path.join(root, config), ts.sys.readFile);
  const folder = path.join(root, path.dirname(config));
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(json, ts.sys, folder);
  return { program: createProgram(fileNames, options), errors };
}

/** What the compiler prints of a project. */
export function compileProject(root: string, config: string, project = readProject(root, config)): string {
  return ts.formatDiagnostics([...project.errors, ...ts.getPreEmitDiagnostics(project.program)], {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });
}

/** The calls and the types in a file that an editor strikes through. */
export function deprecatedIn(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const isMarked = (tags: readonly ts.JSDocTagInfo[] = []) => tags.some(({ name }) => name === "deprecated");
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isMarked(checker.getResolvedSignature(node)?.getJsDocTags()))
      found.push(node.getText());
    if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType)) {
      const name = node.indexType.literal.getText().slice(1, -1);
      const property = checker.getTypeFromTypeNode(node.objectType).getProperty(name);
      if (isMarked(property?.getJsDocTags(checker))) found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  if (source) visit(source);
  return found;
}

function createProgram(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => {
    if (!file.includes("/node_modules/")) return getSourceFile(file, ...rest);
    if (!packages.has(file)) packages.set(file, getSourceFile(file, ...rest));
    return packages.get(file);
  };
  return ts.createProgram(files, options, host);
}
