import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFromString, createConfig, type Plugin, stringifyYaml } from "@redocly/openapi-core";
import { type Description, load } from "../description/load.js";
import { Node } from "../description/node.js";
import { operationsOf } from "../description/operations.js";
import { renderJson } from "../generate/files.js";
import { runRedocly } from "../redocly-command.js";
import { adaptRedoc } from "./adapt-redoc.js";
import { languages, samplesOf } from "./code-samples.js";
import { completeText } from "./guide.js";

const own = (name: string): URL => new URL(name, import.meta.url);

/** The options of Redoc. None of them needs a network. */
const options = {
  codeSamples: { languages },
  jsonSamplesExpandLevel: "all",
  schemasExpansionLevel: "all",
  downloadUrls: [
    { title: "openapi.yaml", url: "openapi.yaml" },
    { title: "openapi.json", url: "openapi.json" },
  ],
};

/**
 * Writes the docs: index.html, which is whole in itself, and the bundled description as openapi.yaml and openapi.json.
 *
 * @param root the folder with redocly.yaml, the description and README.md
 * @param out the folder to write to; each file in it is replaced in one step
 * @throws {LintError} when the description has any problem
 */
export async function buildDocs(root: string, out: string): Promise<void> {
  const description = await load(root);
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
  const folder = await mkdtemp(path.join(tmpdir(), "docs-"));
  try {
    const source = path.join(folder, "openapi.json");
    const page = path.join(folder, "index.html");
    await writeFile(source, await decorate(description, await readFile(path.join(root, "README.md"), "utf8")));
    await runRedocly([
      "build-docs",
      source,
      `--output=${page}`,
      "--inlineBundle",
      `--config=${path.join(root, "redocly.yaml")}`,
      `--openapi=${JSON.stringify(options)}`,
      `--template=${fileURLToPath(own("page.hbs"))}`,
      `--templateOptions.summary=${Node.root(description).at("info").text("summary")}`,
      `--templateOptions.theme=${await readFile(own("theme.css"), "utf8")}`,
    ]);
    return adaptRedoc(await readFile(page, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds what only the docs have, the code samples and the guide, by decorators. */
async function decorate(description: Description, readme: string): Promise<string> {
  const operations = operationsOf(description);
  const server = description.servers?.[0]?.url ?? "";
  const samples = new Map(operations.map((one) => [one.id, samplesOf(one, server)]));
  const guide = await readFile(own("guide.md"), "utf8");
  const plugin: Plugin = {
    id: "docs",
    decorators: {
      oas3: {
        "code-samples": () => ({
          Operation(operation) {
            operation["x-codeSamples"] = samples.get(operation.operationId ?? "") ?? [];
          },
        }),
        guide: () => ({
          Info(info) {
            info.description = completeText(info.description ?? "", { guide, readme }, operations);
          },
        }),
      },
    },
  };
  const decorators = { "docs/code-samples": "on", "docs/guide": "on" } as const;
  const config = await createConfig({ plugins: [plugin], decorators });
  return JSON.stringify((await bundleFromString({ source: JSON.stringify(description), config })).bundle.parsed);
}
