import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import bundled from "../../../generated/openapi.json" with { type: "json" };

/** A copy of this project whose description has so many list operations. */
export interface Project {
  readonly root: string;
  readonly operations: number;
  /** The file of the description. */
  readonly spec: string;
  /** A folder without a configuration, for the tools that would read one. */
  readonly elsewhere: string;
  remove(): Promise<void>;
}

/** What is copied into each project. */
const parts = ["redocly.yaml", "scripts", "src", "package.json", "tsconfig.json"];

export async function createProject(operations: number): Promise<Project> {
  const root = await mkdtemp(path.join(tmpdir(), "bench-"));
  for (const part of parts) await cp(part, path.join(root, part), { recursive: true });
  await writeFile(path.join(root, "src/operations.ts"), "export {};\n"); // the description has other operations
  await symlink(path.resolve("node_modules"), path.join(root, "node_modules"), "junction");
  const elsewhere = path.join(root, "elsewhere");
  await mkdir(elsewhere);
  await mkdir(path.join(root, "openapi"));
  const spec = path.join(root, "openapi/openapi.yaml");
  await writeFile(spec, JSON.stringify(describe(operations), null, 2)); // which is YAML, too
  return { root, operations, spec, elsewhere, remove: () => rm(root, { recursive: true, force: true }) };
}

/** The path of an operation of a generated description. */
export function pathOf(index: number): string {
  return index === 0 ? listPath : `/managed-mysql/v1/clusters/{clusterId}/things${index}`;
}

const listPath = "/managed-mysql/v1/clusters/{clusterId}/backups";

/** A description with so many copies of `listBackups`, each with an item, a page and examples of its own. */
function describe(operations: number): unknown {
  const { paths, components, ...rest } = bundled;
  const { Status, StatusDetail, Backup, BackupType, BackupStatus, ListBackupsResponse } = components.schemas;
  const { FirstPage, SecondPage, LastPage, EmptyList } = components.examples;
  const { FolderNotFound: _, ...responses } = components.responses;
  const { FolderId: _folder, ClusterFilter: _filter, ...parameters } = components.parameters;
  const {
    FolderFirstPage: _1,
    FolderSecondPage: _2,
    FolderLastPage: _3,
    EmptyFolder: _4,
    ...others
  } = components.examples;
  const { ClustersFirstPage: _5, ClustersLastPage: _6, FolderNotFound: _7, ...examples } = others;
  const own = {
    schemas: { Backup, ListBackupsResponse },
    examples: { FirstPage, SecondPage, LastPage, EmptyList },
  };

  const all: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = { Status, StatusDetail, BackupType, BackupStatus };
  const allExamples: Record<string, unknown> = { ...examples };
  for (let index = 0; index < operations; index++) {
    all[pathOf(index)] = renamed(paths[listPath], own, index);
    Object.assign(schemas, renamed(own.schemas, own, index));
    Object.assign(allExamples, renamed(own.examples, own, index));
  }
  const tags = rest.tags.filter(({ name }) => name === "Cluster");
  return {
    ...rest,
    tags,
    paths: all,
    components: { ...components, parameters, responses, schemas, examples: allExamples },
  };
}

/** A copy in which everything that belongs to one operation alone has its number at the end of its name. */
function renamed(node: unknown, own: Record<string, object>, index: number): object {
  if (index === 0) return node as object;
  const names = Object.values(own).flatMap((group) => Object.keys(group));
  const text = JSON.stringify(node)
    .replace(new RegExp(`"(#/components/\\w+/)?(${names.join("|")})"`, "g"), `"$1$2${index}"`)
    .replaceAll('"listBackups"', `"listThings${index}"`);
  return JSON.parse(text) as object;
}
