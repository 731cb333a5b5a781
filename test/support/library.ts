// The project with other descriptions: those of a library, which stay as they are when this project's own change.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseYaml, stringifyYaml } from "@redocly/openapi-core";
import { descriptionIn } from "../../scripts/diff/read-revision.js";
import { generate } from "../../scripts/generate/files.js";
import { contents, project } from "./project.js";

const fixture = "test/fixtures/library";

/** The root file of its description, relative to the project. */
export const spec = "openapi/openapi.yaml";
export const route = "/v1/shelves/{shelfId}/books";
/** The bundled description. */
export const bundled = await descriptionIn(path.resolve(fixture), spec);

let generated: Promise<Record<string, string>> | undefined;

/** A copy of the project with the library's descriptions and their generated files; it ends with the test. */
export async function libraryProject(...more: string[]): Promise<string> {
  const root = await project(...more);
  for (const name of ["openapi", "generated"]) await rm(path.join(root, name), { recursive: true });
  await cp(`${fixture}/openapi`, path.join(root, "openapi"), { recursive: true });
  const config = parseYaml(await readFile("redocly.yaml", "utf8")) as object;
  const apis = parseYaml(await readFile(`${fixture}/apis.yaml`, "utf8"));
  await writeFile(path.join(root, "redocly.yaml"), stringifyYaml({ ...config, apis }));
  generated ??= generate(root).then(() => contents(root));
  for (const [name, text] of Object.entries(await generated)) {
    const file = path.join(root, "generated", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}
