import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stringifyYaml } from "@redocly/openapi-core";
import { type Description, load } from "../description/load.js";
import { Node } from "../description/node.js";
import { operationsOf } from "../description/operations.js";
import { renderJson } from "../generate/files.js";
import { runRedocly } from "../run-redocly.js";
import { adaptRedoc } from "./adapt-redoc.js";
import { languages, type Sample } from "./code-samples.js";
import { authorsSamplesOf, decorate } from "./decorate.js";

const own = (name: string): URL => new URL(name, import.meta.url);

/** The options of Redoc. They work without a network. */
const optionsOf = (samples: readonly Omit<Sample, "source">[]) => ({
  codeSamples: { languages: samples.map(({ lang, label }) => ({ lang, label })) },
  jsonSamplesExpandLevel: "all",
  schemasExpansionLevel: "all",
  downloadUrls: [
    { title: "openapi.yaml", url: "openapi.yaml" },
    { title: "openapi.json", url: "openapi.json" },
  ],
});

/**
 * Writes the docs: index.html, which is whole in itself, and the bundled description as openapi.yaml and openapi.json.
 *
 * @param root the folder with redocly.yaml, the description and README.md
 * @param out the folder to write to; each file in it is replaced in one step
 * @param api the name of the API in redocly.yaml
 * @throws {LintError} when the description has any problem
 */
export async function buildDocs(root: string, out: string, api?: string): Promise<void> {
  const description = await load(root, api);
  const json = renderJson(description);
  const files = {
    "openapi.json": json,
    "openapi.yaml": stringifyYaml(JSON.parse(json)),
    "index.html": await buildPage(root, description),
  };
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const draft = path.join(out, `${name}.${process.pid}.tmp`);
    await writeFile(draft, content);
    await rename(draft, path.join(out, name));
  }
}

async function buildPage(root: string, description: Description): Promise<string> {
  const operations = operationsOf(description);
  const authors = operations.flatMap(({ node }) => authorsSamplesOf(node));
  const folder = await mkdtemp(path.join(tmpdir(), "docs-"));
  try {
    const source = path.join(folder, "openapi.json");
    const page = path.join(folder, "index.html");
    const readme = await readFile(path.join(root, "README.md"), "utf8");
    await writeFile(source, await decorate(description, { readme, guide: await readFile(own("guide.md"), "utf8") }));
    await runRedocly([
      "build-docs",
      source,
      `--output=${page}`,
      "--inlineBundle",
      `--config=${path.join(root, "redocly.yaml")}`,
      `--openapi=${JSON.stringify(optionsOf([...languages, ...authors]))}`,
      `--template=${fileURLToPath(own("page.hbs"))}`,
      `--templateOptions.summary=${Node.root(description).at("info").text("summary")}`,
      `--templateOptions.theme=${await readFile(own("theme.css"), "utf8")}`,
    ]);
    return adaptRedoc(await readFile(page, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
