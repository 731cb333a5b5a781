import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import typescript from "typescript-native/package.json" with { type: "json" };
import { start } from "./run.js";

const tsc = fileURLToPath(new URL(typescript.bin.tsc, import.meta.resolve("typescript-native/package.json")));

/** The errors in each piece of code, which is compiled as strictly as the project's own; the package is this one. */
export async function compile(pieces: readonly string[]): Promise<string[]> {
  const root = await mkdtemp(path.join(tmpdir(), "compile-"));
  try {
    await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
    await Promise.all(pieces.map((piece, index) => writeFile(path.join(root, `piece-${index}.mts`), piece)));
    const config = { extends: path.resolve("tsconfig.json"), include: ["*.mts"], exclude: [] };
    await writeFile(path.join(root, "tsconfig.json"), JSON.stringify(config));
    const output = await compileProject(root, "tsconfig.json");
    return output.split(/\n(?=\S)/).filter((error) => error !== "");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What the compiler prints about a project. */
export async function compileProject(root: string, config: string): Promise<string> {
  const args = ["-p", config, "--pretty", "false", "--incremental", "false", "--singleThreaded"];
  const { stdout, stderr } = await start(process.execPath, [tsc, ...args], { cwd: root }).ended;
  return stdout + stderr;
}
