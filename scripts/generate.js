// @ts-check
// Writes generated/ from the description. It guards against generated files that nobody generated: an edit of the
// description that was not followed through, or half a set of files after a failure.
//
// JavaScript, because a TypeScript loader doubles the time that the hundreds of modules below take to load.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle, getLineColLocation, lint, loadConfig, ResolveError, YamlParseError } from "@redocly/openapi-core";
import openapiTS, { astToString, resolveRef } from "openapi-typescript";

const spec = "openapi/openapi.yaml";
const banner = `// Generated from ${spec} by \`npm run generate\`. Do not edit.\n\n`;

/** The keywords of a parameter's schema that the client checks before it sends a request. */
const keywords = ["type", "minimum", "maximum", "minLength", "maxLength", "default"];

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
 * Follows a `$ref` within a bundled description.
 * @template T
 * @param {Description} description
 * @param {T | { $ref: string } | undefined} node
 * @returns {T | undefined}
 */
function resolve(description, node) {
  if (node && typeof node === "object" && "$ref" in node) return resolveRef(description, node.$ref, { silent: true });
  return node;
}

/**
 * What the client checks of a parameter before it sends a request.
 * @param {Description} description
 * @param {Parameter} parameter
 */
function limitsOf(description, parameter) {
  const schema = resolve(description, parameter.schema) ?? {};
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keywords.includes(keyword)));
}

/**
 * The run-time facts of each operation: what a call is checked against, and where it goes.
 * @param {Description} description
 */
function operations(description) {
  const entries = Object.entries(description.paths ?? {}).flatMap(([route, item]) => {
    const pathItem = resolve(description, item);
    return methods.flatMap((method) => {
      const operation = pathItem?.[method];
      if (!operation) return [];
      const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((node) => {
        const parameter = /** @type {Parameter} */ (resolve(description, node));
        const required = parameter.required ? { required: true } : {};
        return [parameter.name, { in: parameter.in, ...required, ...limitsOf(description, parameter) }];
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
 * The types, with the limits of each shared parameter in its comment: openapi-typescript leaves them out, and an
 * editor could not show them.
 * @param {Description} description it is written to
 */
async function types(description) {
  for (const node of Object.values(description.components?.parameters ?? {})) {
    const parameter = /** @type {Parameter} */ (resolve(description, node));
    const { type: _, ...limits } = limitsOf(description, parameter);
    const text = Object.entries(limits).map(([keyword, value]) => `${keyword} ${value}`);
    if (text.length > 0) parameter.description = `${parameter.description ?? ""} (${text.join(", ")})`.trimStart();
  }
  return astToString(await openapiTS(JSON.stringify(description), { silent: true }));
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
  return {
    "generated/openapi.json": `${JSON.stringify(description, null, 2)}\n`,
    "generated/operations.ts": banner + operations(description),
    "generated/openapi.ts": banner + (await types(structuredClone(description))),
  };
}

/**
 * @param {string} file
 * @returns {Promise<string | undefined>} its text, or undefined when there is no such file
 */
async function read(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "EISDIR"].includes(String(error.code)))
      return undefined;
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
  const lines = files.map(async ([name, text]) => {
    const before = await read(path.join(root, name));
    if (before?.replaceAll("\r\n", "\n") === text) return [];
    return [`${name} is ${before === undefined ? "missing" : "stale"}`];
  });
  return (await Promise.all(lines)).flat();
}

/**
 * Writes the generated files: all of them, or on any failure none.
 * @param {string} root
 * @returns {Promise<string[]>} the names of the files that changed
 */
export async function generate(root) {
  const files = Object.entries(await render(root)).map(async ([name, text]) => {
    const file = path.join(root, name);
    return { name, text, file, draft: `${file}.${process.pid}.tmp`, before: await read(file) };
  });
  const changed = (await Promise.all(files)).filter(({ text, before }) => text !== before);
  const replaced = [];
  try {
    await Promise.all(changed.map(({ draft, text }) => writeFile(draft, text)));
    for (const one of changed) {
      await rename(one.draft, one.file);
      replaced.push(one);
    }
  } catch (error) {
    for (const { file, before } of replaced) await (before === undefined ? rm(file) : writeFile(file, before));
    throw error;
  } finally {
    await Promise.all(changed.map(({ draft }) => rm(draft, { force: true })));
  }
  return changed.map(({ name }) => name);
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
    const expected = [LintError, ResolveError, YamlParseError].some((kind) => error instanceof kind);
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  });
}
