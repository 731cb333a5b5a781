import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

const run = promisify(execFile);
const shell = process.platform === "win32";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder with test/consumers, in which the packed tarball is installed. */
    consumers: string;
    /** The packed tarball. */
    tarball: string;
  }
}

/** Packs this package, and installs it and the tools of test/consumers in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "consumers-"));
  await cp("test/consumers", folder, { recursive: true });
  await run("npm", ["pack", "--pack-destination", folder], { shell });
  const { name, version } = JSON.parse(await readFile("package.json", "utf8")) as { name: string; version: string };
  const tarball = path.join(folder, `${name}-${version}.tgz`);
  await install(folder, [tarball]);
  project.provide("consumers", folder);
  project.provide("tarball", tarball);
  return () => rm(folder, { recursive: true, force: true });
}

/** Installs packages in a folder, and those that its package.json names, without running their scripts. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", ...packages];
  await run("npm", args, { cwd: folder, shell });
}
