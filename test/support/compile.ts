import { symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import typescript from "typescript-native/package.json" with { type: "json" };
import { temporaryFolder } from "./folder.js";
import { start } from "./run.js";

const tsc = fileURLToPath(new URL(typescript.bin.tsc, import.meta.resolve("typescript-native/package.json")));

/** The errors in each piece of code, which is compiled as strictly as the project's own; the package is this one. */
export async function compile(pieces: readonly string[]): Promise<string[]> {
  const config = { extends: path.resolve("tsconfig.json"), include: ["*.mts"], exclude: [] };
  const files = Object.fromEntries(pieces.map((piece, index) => [`piece-${index}.mts`, piece]));
  const root = await temporaryFolder({ ...files, "tsconfig.json": JSON.stringify(config) });
  await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
  const output = await compileProject(root, "tsconfig.json");
  return output.split(/\n(?=\S)/).filter((error) => error !== "");
}

/** The output of the compiler for a project. */
export async function compileProject(root: string, config: string): Promise<string> {
  const args = ["-p", config, "--pretty", "false", "--incremental", "false", "--singleThreaded"];
  const { stdout, stderr } = await start(process.execPath, [tsc, ...args], { cwd: root }).ended;
  return stdout + stderr;
}
