import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import packageLock from "../package-lock.json" with { type: "json" };
import { packageName } from "../src/package-name.js";
import { readme } from "./support/readme.js";

test("the README has at most 200 lines, and CONTRIBUTING.md names every script", async () => {
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  const contributing = await readFile("CONTRIBUTING.md", "utf8");
  const named = [...contributing.matchAll(/npm (?:run )?(start|(?<=run )[a-z:]+|test)/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(packageJson.scripts).sort());
});

test("the README links only to headings and files that exist", async () => {
  const links = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(10);
  const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
  const anchors = headings.map((heading) => `#${heading.toLowerCase().replaceAll(" ", "-")}`);
  expect(links.filter((link) => link.startsWith("#"))).toEqual(anchors);
  for (const link of links) if (!link.startsWith("#")) expect(await readFile(link, "utf8")).not.toBe("");
});

test("the sources have the package's name", () => {
  expect(packageName).toBe(packageJson.name);
});

const { "": root, ...packages } = packageLock.packages as Record<string, LockedPackage>;

test("users install openapi-fetch with its types, and jose, without an install script", () => {
  const forUsers = Object.entries(packages).filter(([, { dev, optional, peer }]) => !dev && !optional && !peer);
  expect(forUsers.map(([name]) => name)).toEqual([
    "node_modules/jose",
    "node_modules/openapi-fetch",
    "node_modules/openapi-typescript-helpers",
  ]);
  for (const [, { hasInstallScript }] of forUsers) expect(hasInstallScript).toBeUndefined();
  expect(Object.keys(packageJson.scripts).filter((name) => /install|prepare|^pre|^post/.test(name))).toEqual([]);
});

test("each package is pinned by its hash and not to a registry, and both files have the same version", async () => {
  expect(root?.version).toBe(packageJson.version);
  for (const [name, { integrity, resolved, link }] of Object.entries(packages)) {
    expect({ name, integrity, resolved, link }).toMatchObject({ integrity: expect.stringMatching(/^sha512-/) });
    expect({ name, resolved }).toEqual({ name, resolved: undefined });
  }
  expect(await readFile(".npmrc", "utf8")).toContain("ignore-scripts=true");
});

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly hasInstallScript?: boolean;
}
