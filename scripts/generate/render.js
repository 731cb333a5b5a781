// @ts-check
// From the description to the text of each generated file.
import path from "node:path";
import {
  BaseResolver,
  bundle,
  getLineColLocation,
  lint,
  loadConfig,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import { examplesFit } from "./examples.js";
import { operations } from "./operations.js";
import { startThread, typesInThread } from "./thread.js";

/** @typedef {import("@redocly/openapi-core").Oas3_1Definition} Description */

/** The root file of the description, relative to the project. */
export const spec = "openapi/openapi.yaml";
const banner = `// Generated from ${spec} by \`npm run generate\`. Do not edit.\n\n`;

/** The description, or its configuration, cannot be used: it cannot be read or parsed, or breaks a lint rule. */
export class LintError extends Error {
  /** @param {string[]} lines a line for each problem, with its place as `file:line:column` */
  constructor(lines) {
    super([...new Set(lines)].join("\n"));
    this.name = "LintError";
  }
}

/**
 * Lints the description and renders each generated file; writes nothing.
 * @param {string} root the folder with redocly.yaml and the description
 * @returns {Promise<Record<string, string>>} text by file name, relative to `root`
 * @throws {LintError} when the description has any problem
 */
export async function render(root) {
  startThread();
  const { description, types } = await load(root).catch((error) => {
    throw explain(error, root);
  });
  return {
    "generated/openapi.json": `${JSON.stringify(description, null, 2)}\n`,
    "generated/operations.ts": banner + operations(description),
    "generated/schemas.ts": banner + types.schemas,
    "generated/openapi.ts": banner + types.openapi,
  };
}

/**
 * Bundles the description and lints it, while the thread renders the types.
 * @param {string} root
 */
async function load(root) {
  const configPath = path.join(root, "redocly.yaml");
  const config = await loadConfig({ configPath });
  config.skipRules(["no-invalid-media-type-examples"]); // see examples.js
  const ref = path.join(root, spec);
  const externalRefResolver = new BaseResolver(config.resolve);
  const document = await externalRefResolver.resolveDocument(null, ref, true);
  if (document instanceof Error) throw document;

  // Bundling writes to what it bundles.
  const doc = { ...document, parsed: structuredClone(document.parsed) };
  const bundled = await bundle({ doc, config, externalRefResolver: new BaseResolver(config.resolve) });
  const description = /** @type {Description} */ (bundled.bundle.parsed);
  const types = typesInThread(description);
  types.catch(() => {}); // what is wrong with the description, the lint says better

  let problems = await lint({ ref, config, externalRefResolver });
  if (problems.length > 0 || !examplesFit(description))
    problems = await lint({ ref, config: await loadConfig({ configPath }), externalRefResolver });
  if (problems.length > 0) throw new LintError(problems.map((problem) => lineOf(problem, root)));
  return { description, types: await types };
}

/**
 * @param {import("@redocly/openapi-core").NormalizedProblem} problem
 * @param {string} root
 */
function lineOf({ ruleId, message, location: [place] }, root) {
  const text = `${ruleId}: ${shorten(message, root)}`;
  if (!place) return text;
  const { start } = getLineColLocation(place);
  return `${shorten(place.source.absoluteRef, root)}:${start.line}:${start.col} ${text}`;
}

/**
 * An error of Redocly's as a problem with a place, or else the error as it is.
 * @param {unknown} error
 * @param {string} root
 */
function explain(error, root) {
  if (error instanceof YamlParseError) {
    const [reason = ""] = error.message.split(" in ");
    return new LintError([`${shorten(error.source.absoluteRef, root)}:${error.line}:${error.col} yaml: ${reason}`]);
  }
  if (error instanceof ResolveError) return new LintError([shorten(error.message, root)]);
  if (error instanceof Error && error.message.startsWith("Document must be"))
    return new LintError([`${spec}:1:1 ${error.message}`]);
  return error;
}

/**
 * Names files relative to the project, and in one way on all systems.
 * @param {string} text
 * @param {string} root
 */
function shorten(text, root) {
  return text.replaceAll(root + path.sep, "").replaceAll(path.sep, "/");
}
