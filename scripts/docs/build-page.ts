import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFromString, createConfig, type Plugin, stringifyYaml } from "@redocly/openapi-core";
import { load } from "../generate/description.js";
import { renderJson } from "../generate/files.js";
import { runRedocly } from "../redocly-command.js";
import { adaptRedoc } from "./adapt-redoc.js";
import { languages, samplesOf } from "./code-samples.js";
import { type Description, dereference, operationsOf } from "./description.js";
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
  const json = renderJson(await load(root));
  const files = {
    "openapi.json": json,
    "openapi.yaml": stringifyYaml(JSON.parse(json)),
    "index.html": await buildPage(root, json),
  };
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const draft = path.join(out, `${name}.${process.pid}.tmp`);
    await writeFile(draft, content);
    await rename(draft, path.join(out, name));
  }
}

async function buildPage(root: string, json: string): Promise<string> {
  const description = await dereference(json);
  const folder = await mkdtemp(path.join(tmpdir(), "docs-"));
  try {
    const source = path.join(folder, "openapi.json");
    const page = path.join(folder, "index.html");
    await writeFile(source, await decorate(json, description, await readFile(path.join(root, "README.md"), "utf8")));
    await runRedocly([
      "build-docs",
      source,
      `--output=${page}`,
      "--inlineBundle",
      `--config=${path.join(root, "redocly.yaml")}`,
      `--openapi=${JSON.stringify(options)}`,
      `--template=${fileURLToPath(own("page.hbs"))}`,
      `--templateOptions.summary=${description.info.summary}`,
      `--templateOptions.theme=${await readFile(own("theme.css"), "utf8")}`,
    ]);
    return adaptRedoc(await readFile(page, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds what only the docs have, the code samples and the guide, by decorators. */
async function decorate(json: string, description: Description, readme: string): Promise<string> {
  const samples = new Map(operationsOf(description).map((one) => [one.operationId, samplesOf(one, description)]));
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
            info.description = completeText(info.description ?? "", { guide, readme }, description);
          },
        }),
      },
    },
  };
  const decorators = { "docs/code-samples": "on", "docs/guide": "on" } as const;
  const config = await createConfig({ plugins: [plugin], decorators });
  return JSON.stringify((await bundleFromString({ source: json, config })).bundle.parsed);
}
