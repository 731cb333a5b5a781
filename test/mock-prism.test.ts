// Where Prism is found, in the layouts that package managers make.
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { findPrism } from "../src/mock/find-prism.js";
import { temporaryFolder } from "./support/folder.js";

const { name } = packageJson;
const prism = "node_modules/@stoplight/prism-http";

/** Makes packages in a folder, and links from one place to another; they go with the test. */
async function layout(packages: readonly string[], links: Readonly<Record<string, string>> = {}): Promise<string> {
  const files = packages.flatMap((folder) => [`${folder}/package.json`, `${folder}/index.js`]);
  const root = await temporaryFolder(Object.fromEntries(files.map((file) => [file, "{}"])));
  for (const [link, target] of Object.entries(links)) {
    await mkdir(path.dirname(path.join(root, link)), { recursive: true });
    await symlink(path.join(root, target), path.join(root, link), "junction");
  }
  return root;
}

test.each<[layout: string, own: string, working: string, prism: string, links: Record<string, string>]>([
  ["npm", `node_modules/${name}`, ".", prism, {}],
  ["Yarn's workspaces, hoisted", `node_modules/${name}`, "packages/a", prism, {}],
  ["Yarn's workspaces, not hoisted", `packages/a/node_modules/${name}`, "packages/a", `packages/a/${prism}`, {}],
  ["a workspace with Prism at the top", `packages/a/node_modules/${name}`, "packages/a", prism, {}],
  [
    "pnpm",
    `node_modules/.pnpm/${name}@1/node_modules/${name}`,
    ".",
    `node_modules/.pnpm/prism@5/${prism}`,
    { [`node_modules/.pnpm/${name}@1/${prism}`]: `node_modules/.pnpm/prism@5/${prism}` },
  ],
  ["npm link, and a file: dependency", name, "project", `project/${prism}`, {}],
  ["npx, which fetches the package", `cache/_npx/1/node_modules/${name}`, "project", `project/${prism}`, {}],
])("Prism is found in the layout of %s", async (_, own, working, where, links) => {
  const root = await layout([own, where], links);
  const places = [path.join(root, own, "index.js"), path.join(root, working, "package.json")];
  expect(findPrism(places)).toBe(path.join(root, where, "index.js"));
});

test("a missing Prism is an error that says which package to install, and where", async () => {
  const root = await layout([`packages/a/${prism}`, `packages/b/node_modules/${name}`]);
  const places = [`node_modules/${name}/index.js`, "package.json"].map((file) => path.join(root, "packages/b", file));
  const { "@stoplight/prism-http": version } = packageJson.devDependencies;
  expect(() => findPrism(places)).toThrow(
    `not installed: npm i -D @stoplight/prism-http@${version} (pnpm add -D, yarn add -D), in the package that depends on ${name}`,
  );
});
