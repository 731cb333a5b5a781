import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleFromString, createConfig } from "@redocly/openapi-core";

/** A copy of this project whose description has so many list operations. It is removed when the process ends. */
export interface Project {
  readonly root: string;
  /** The file of the description. */
  readonly spec: string;
  /** A folder without a redocly.yaml, for a tool that would read it. */
  readonly elsewhere: string;
}

export async function createProject(operations: number): Promise<Project> {
  const elsewhere = await mkdtemp(path.join(tmpdir(), "bench-"));
  process.on("exit", () => rmSync(elsewhere, { recursive: true, force: true }));
  const root = path.join(elsewhere, "project");
  const omitted = ["node_modules", "dist", ".git", "openapi"].map((name) => path.resolve(name));
  await cp(process.cwd(), root, { recursive: true, filter: (file) => !omitted.includes(file) });
  await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
  const config = path.join(root, "redocly.yaml");
  const all = await readFile(config, "utf8");
  await writeFile(config, all.replace(/^ {2}iam@v1:\n( {4}.*\n)*/m, "")); // beside a tool that gets one description
  await mkdir(path.join(root, "openapi"));
  const spec = path.join(root, "openapi/openapi.yaml");
  await writeFile(spec, JSON.stringify(await describe(operations), null, 2)); // which is YAML, too
  return { root, spec, elsewhere };
}

/** What each copy of `listBackups` has for itself: its path, its id, and the names of its schemas and examples. */
const own = /\b(clusterId}\/backups|listBackups|Backup|ListBackupsResponse|FirstPage|SecondPage|LastPage|EmptyList)"/g;

/** The description with so many copies of `listBackups`, in place of its operations. */
async function describe(operations: number): Promise<unknown> {
  const description = JSON.parse(await readFile("generated/openapi.json", "utf8"));
  const { paths, components, tags } = description;
  const list = "/managed-mysql/v1/clusters/{clusterId}/backups";
  description.paths = { [list]: paths[list] };
  description.tags = tags.filter(({ name }: { name: string }) => paths[list].get.tags.includes(name));
  const { schemas, examples } = components;
  const original = JSON.stringify({ paths: description.paths, schemas, examples });
  for (let number = 2; number <= operations; number++) {
    const copy = JSON.parse(original.replace(own, `$1${number}"`));
    Object.assign(description.paths, copy.paths);
    Object.assign(schemas, copy.schemas);
    Object.assign(examples, copy.examples);
  }
  const [source, config] = [JSON.stringify(description), await createConfig({})];
  return (await bundleFromString({ source, config, removeUnusedComponents: true })).bundle.parsed;
}
