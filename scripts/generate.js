// @ts-check
// Writes generated/ from the description. It guards against generated files that nobody generated: an edit of the
// description that was not followed through, or half a set of files after a failure.
//
// JavaScript, because a TypeScript loader doubles the time that the hundreds of modules below take to load.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle, getLineColLocation, lint, loadConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, resolveRef } from "openapi-typescript";

const spec = "openapi/openapi.yaml";
const banner = `// Generated from ${spec} by \`npm run generate\`. Do not edit.\n\n`;

/** The keywords of a parameter's schema that the client checks before it sends a request. */
const limits = ["type", "minimum", "maximum", "minLength", "maxLength", "default"];

const methods = /** @type {const} */ (["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/**
 * @typedef {import("@redocly/openapi-core").Oas3_1Definition} Description
 * @typedef {import("@redocly/openapi-core").Oas3Parameter} Parameter
 */

/** The description breaks a lint rule, or refers to something that is not there. */
export class LintError extends Error {
  /**
   * @param {import("@redocly/openapi-core").NormalizedProblem[]} problems
   * @param {string} root the folder that file names are relative to
   */
  constructor(problems, root) {
    const lines = problems.map((problem) => {
      const [place] = problem.location;
      if (!place) return `${problem.ruleId}: ${problem.message}`;
      const { start } = getLineColLocation(place);
      const file = path.relative(root, place.source.absoluteRef);
      return `${file}:${start.line}:${start.col} ${problem.ruleId}: ${problem.message}`;
    });
    super(lines.join("\n"));
    this.name = "LintError";
  }
}

/**
 * The run-time facts of each operation: what a call is checked against, and where it goes.
 * @param {Description} description a bundled description
 */
function operations(description) {
  /** @type {<T>(node: T | { $ref: string } | undefined) => T | undefined} */
  const resolve = (node) =>
    node && typeof node === "object" && "$ref" in node ? resolveRef(description, node.$ref, { silent: true }) : node;

  const entries = Object.entries(description.paths ?? {}).flatMap(([route, item]) => {
    const pathItem = resolve(item);
    return methods.flatMap((method) => {
      const operation = pathItem?.[method];
      if (!operation) return [];
      const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((node) => {
        const parameter = /** @type {Parameter} */ (resolve(node));
        const schema = Object.entries(resolve(parameter.schema) ?? {}).filter(([keyword]) => limits.includes(keyword));
        const required = parameter.required ? { required: true } : {};
        return [parameter.name, { in: parameter.in, ...required, ...Object.fromEntries(schema) }];
      });
      const facts = { operationId: operation.operationId, parameters: Object.fromEntries(parameters) };
      return [[`${method.toUpperCase()} ${route}`, facts]];
    });
  });
  return (
    `/** The description's first server. */\n` +
    `export const server = ${JSON.stringify(description.servers?.[0]?.url ?? "")};\n\n` +
    `/** What the description says of each operation's parameters, by method and path. */\n` +
    `export const operations = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const;\n`
  );
}

/**
 * Lints the description and renders each generated file; writes nothing.
 * @param {string} root the folder with redocly.yaml and the description
 * @returns {Promise<Record<string, string>>} text by file name, relative to `root`
 * @throws {LintError} when the description has any problem
 */
export async function render(root) {
  const config = await loadConfig({ configPath: path.join(root, "redocly.yaml") });
  const ref = path.join(root, spec);
  const problems = await lint({ ref, config });
  if (problems.length > 0) throw new LintError(problems, root);

  const description = /** @type {Description} */ ((await bundle({ ref, config })).bundle.parsed);
  const json = JSON.stringify(description, null, 2);
  // openapi-typescript may write to the object that it is given, so it gets one of its own.
  const types = astToString(await openapiTS(JSON.parse(json), { silent: true }));
  return {
    "generated/openapi.ts": banner + types,
    "generated/operations.ts": banner + operations(description),
    "generated/openapi.json": `${json}\n`,
  };
}

/**
 * @param {string} file
 * @returns {Promise<string | undefined>} its text with LF line ends, or undefined when there is no such file
 */
async function read(file) {
  try {
    return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Compares the generated files with the description; a checkout with CRLF line ends counts as current.
 * @param {string} root
 * @returns {Promise<string[]>} a line for each file that is stale or missing
 */
export async function check(root) {
  const files = Object.entries(await render(root));
  const lines = files.map(async ([file, text]) => {
    const current = await read(path.join(root, file));
    return current === text ? [] : [`${file} is ${current === undefined ? "missing" : "stale"}`];
  });
  return (await Promise.all(lines)).flat();
}

/**
 * Writes the generated files: all of them, or on any failure none.
 * @param {string} root
 * @returns {Promise<string[]>} the names of the files that changed
 */
export async function generate(root) {
  const rendered = Object.entries(await render(root));
  const files = rendered.map(([name, text]) => {
    const file = path.join(root, name);
    return { name, text, file, draft: `${file}.${process.pid}.tmp` };
  });
  const before = await Promise.all(files.map(({ file }) => read(file)));
  const replaced = /** @type {number[]} */ ([]);
  try {
    await Promise.all(files.map(({ draft, text }) => writeFile(draft, text)));
    for (const [index, { draft, file }] of files.entries()) {
      await rename(draft, file);
      replaced.push(index);
    }
  } catch (error) {
    for (const index of replaced) {
      const { file } = /** @type {typeof files[number]} */ (files[index]);
      const text = before[index];
      await (text === undefined ? rm(file) : writeFile(file, text));
    }
    throw error;
  } finally {
    await Promise.all(files.map(({ draft }) => rm(draft, { force: true })));
  }
  return files.filter(({ text }, index) => text !== before[index]).map(({ name }) => name);
}

async function main() {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const root = process.cwd();
  if (!values.check) {
    const changed = await generate(root);
    console.log(changed.length > 0 ? `Wrote ${changed.join(", ")}` : "generated/ is up to date");
    return;
  }
  const stale = await check(root);
  if (stale.length === 0) return console.log("generated/ is up to date");
  console.error(`${stale.join("\n")}\nRun: npm run generate`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof LintError ? error.message : error);
    process.exitCode = 1;
  });
}
