import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import packageJson from "../../package.json" with { type: "json" };

/** What the compiler says of each piece of code, as strictly as of the project's own; the package is this one. */
export async function compile(pieces: readonly string[]): Promise<string[]> {
  const root = await mkdtemp(path.join(tmpdir(), "compile-"));
  try {
    await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
    const files = await Promise.all(
      pieces.map(async (code, index) => {
        const file = path.join(root, `piece-${index}.mts`);
        await writeFile(file, code);
        return file;
      }),
    );
    const { compilerOptions } = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, process.cwd());
    const program = ts.createProgram(files, {
      ...options,
      paths: {
        [packageJson.name]: [path.resolve("src/index.ts")],
        [`${packageJson.name}/iam`]: [path.resolve("src/iam.ts")],
        [`${packageJson.name}/mock`]: [path.resolve("src/mock.ts")],
      },
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
