// A package that is built with declaration files, in an isolated node_modules, as pnpm makes it. It does not depend on
// openapi-fetch, so that its compiler cannot name the types of openapi-fetch.
import path from "node:path";
import ts from "typescript";
import { expect, inject, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { temporaryFolder } from "../support/folder.js";
import { install } from "./project.js";

const code = `import { createClient, listBackups, listClusters, paginate } from "${packageJson.name}";
import { fromServiceAccountKey } from "${packageJson.name}/iam";
import { startMockServer } from "${packageJson.name}/mock";
export const client = createClient({ token: fromServiceAccountKey("key.json") });
export const { GET, use, request } = client;
const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
export const page = (clusterId: string) => client.GET(path, { params: { path: { clusterId } } });
export const data = async (clusterId: string) => (await page(clusterId)).data;
export const list = (clusterId: string) => listBackups(client, { clusterId });
export const pages = (clusterId: string) => list(clusterId).pages();
export const all = (clusterId: string) => paginate(client, path, "backups", { clusterId });
export const options = (...args: Parameters<typeof listBackups>) => ({ ...args[1], ...args[2] });
export const lister = listClusters;
export const mock = () => startMockServer({ backups: 5 });
export class Repository { client = createClient({ token: "any" }); get = this.client.GET; }`;

test("a user's declaration files can name all types, in an isolated node_modules", async () => {
  const folder = await temporaryFolder({ "package.json": '{ "private": true, "type": "module" }', "index.ts": code });
  await install(folder, ["--install-strategy=linked", inject("tarball")]);
  const file = path.join(folder, "index.ts");
  for (const module of [ts.ModuleKind.NodeNext, ts.ModuleKind.ESNext]) {
    const program = ts.createProgram([file], {
      module,
      moduleResolution:
        module === ts.ModuleKind.NodeNext ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      declaration: true,
      noEmit: true,
      types: [],
    });
    const problems = ts.getPreEmitDiagnostics(program);
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  }
}, 240_000);
