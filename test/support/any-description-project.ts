// The project with a description that has the rows of any-description.ts beside its own operations.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import bundled from "../../generated/openapi.json" with { type: "json" };
import { generate } from "../../scripts/generate/files.js";
import { rows } from "./any-description.js";

/** The description with the rows, as they are or as they were before; with more copies, each has names of its own. */
export function descriptionWithRows(when: "before" | "item" = "item", copies = 1) {
  const there = rows.filter((row) => row[when]);
  const paths = Object.fromEntries(there.map((row) => [row.route, row[when]]));
  const schemas = Object.assign({}, ...there.map((row) => row.schemas));
  const json = JSON.stringify({ paths, schemas: Object.assign({}, schemas) });
  const names = new RegExp(`(?<="|/schemas/)(${Object.keys(schemas).join("|")})"`, "g");
  const all = Array.from({ length: copies }, (_, copy): { paths: object; schemas: object } => {
    if (copy === 0) return JSON.parse(json);
    const renamed = json.replaceAll('"/rows/', `"/rows${copy}/`).replace(/"operationId":"row/g, `$&${copy}Copy`);
    return JSON.parse(renamed.replace(names, `$1${copy}"`));
  });
  return {
    ...bundled,
    tags: [...bundled.tags, { name: "Rows", description: "-" }],
    paths: Object.assign({}, ...all.map((copy) => copy.paths), bundled.paths),
    components: {
      ...bundled.components,
      schemas: Object.assign({}, bundled.components.schemas, ...all.map((copy) => copy.schemas)),
    },
  };
}

/** Makes this the description of a copy of the project, and generates from it. */
export async function generateFrom(root: string, description: object): Promise<void> {
  await writeFile(path.join(root, "openapi/openapi.yaml"), JSON.stringify(description));
  await generate(root);
}
