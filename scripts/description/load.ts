// Reads the descriptions as their configuration, redocly.yaml, has them: linted, and each bundled into one document.
import path from "node:path";
import {
  bundle,
  type Config,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
  type Oas3_1Definition,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import { isObject } from "../../src/unknown-value.js";
import { LocalResolver, TooLargeError, withoutHash } from "./resolver.js";

export type Description = Oas3_1Definition;

/** An API that redocly.yaml lists. */
export interface Api {
  /** Its name there, for example `petstore@v1`. */
  readonly name: string;
  /** The root file of its description, relative to the project. */
  readonly spec: string;
  /** The folder of its generated files, relative to the project. */
  readonly folder: string;
  /** Whether only the code of this project uses it. */
  readonly isInternal: boolean;
  /** How to lint and bundle it. */
  readonly config: Config;
}

/** An API with its bundled description. */
export interface LoadedApi extends Api {
  readonly description: Description;
}

/** A description, or the configuration, cannot be used: it cannot be read or parsed, or breaks a lint rule. */
export class LintError extends Error {
  override readonly name = "LintError";

  /** @param lines a line for each problem, with its place as `file:line:column` */
  constructor(lines: readonly string[]) {
    super([...new Set(lines)].join("\n"));
  }
}

/**
 * Lints and bundles the descriptions.
 *
 * @param root the folder with redocly.yaml and the descriptions
 * @param name of the only one to load
 * @throws {LintError} when a description breaks a rule, or the name is unknown
 */
export async function loadAll(root: string, name?: string): Promise<LoadedApi[]> {
  const apis: LoadedApi[] = [];
  for (const api of await apisOf(root, name)) apis.push({ ...api, description: await lintAndBundle(root, api) });
  return apis;
}

/** {@link loadAll}, for the description of {@link apiOf} alone. */
export async function load(root: string, name?: string): Promise<Description> {
  return await lintAndBundle(root, await apiOf(root, name));
}

/** The API of this name; without a name, the only one that is not internal. */
export async function apiOf(root: string, name?: string): Promise<Api> {
  const apis = await apisOf(root, name);
  const [api, ...others] = name === undefined ? apis.filter(({ isInternal }) => !isInternal) : apis;
  if (api && others.length === 0) return api;
  throw new LintError([`Choose an API of redocly.yaml with --api: ${namesOf(apis)}`]);
}

/** The APIs of redocly.yaml, or that of this name, which can be without its version. */
async function apisOf(root: string, wanted?: string): Promise<Api[]> {
  const config = await loadConfig({ configPath: path.join(root, "redocly.yaml") }).catch((error: unknown) => {
    throw explain(error, root, "redocly.yaml");
  });
  const apis = Object.entries(config.resolvedConfig.apis ?? {}).map(([name, { root: spec, ...api }]) => {
    const isInternal = Reflect.get(api, "x-internal") === true;
    return { name, spec, folder: folderOf(spec, api), isInternal, config: config.forAlias(name) };
  });
  if (wanted === undefined) return apis;
  const named = apis.filter(({ name }) => name === wanted || name.split("@")[0] === wanted);
  if (named.length === 1) return named;
  throw new LintError([`redocly.yaml does not name an API ${JSON.stringify(wanted)}; its APIs: ${namesOf(apis)}`]);
}

function namesOf(apis: readonly Api[]): string {
  return apis.map(({ name }) => name).join(", ") || "none";
}

/** Where redocly.yaml has openapi-typescript write: the other files stand beside its own. */
function folderOf(file: string, api: Readonly<Record<string, unknown>>): string {
  const options = api["x-openapi-ts"];
  if (isObject(options) && typeof options["output"] === "string") return path.posix.dirname(options["output"]);
  throw new LintError([`redocly.yaml: the API ${file} must have x-openapi-ts.output`]);
}

async function lintAndBundle(root: string, { spec: file, config }: Api): Promise<Description> {
  try {
    // Both read each file once, and see the same text of it.
    const externalRefResolver = new LocalResolver(path.join(root, path.dirname(file)), config.resolve);
    const input = { ref: path.join(root, file), config, externalRefResolver };
    report(await lint(input), root);
    const { bundle: document, problems } = await bundle({ ...input, componentRenamingConflicts: "error" });
    report(problems, root);
    return document.parsed as Description;
  } catch (error) {
    throw explain(error, root, file);
  }
}

/** Throws errors, and prints warnings. Problems in Redocly's ignore file are skipped. */
function report(problems: readonly NormalizedProblem[], root: string): void {
  const linesOf = (which: NormalizedProblem["severity"]): string[] =>
    problems.filter(({ ignored, severity }) => !ignored && severity === which).map((problem) => lineOf(problem, root));
  const errors = linesOf("error");
  if (errors.length > 0) throw new LintError(errors);
  for (const line of linesOf("warn")) console.warn(`Warning: ${line}`);
}

function lineOf({ ruleId, message, location: [place] }: NormalizedProblem, root: string): string {
  const text = `${ruleId}: ${shorten(message, root)}`;
  if (!place) return text;
  const { start } = getLineColLocation(place);
  return `${shorten(place.source.absoluteRef, root)}:${start.line}:${start.col} ${text}`;
}

/** An error of Redocly's as a problem with a place, or else the error as it is. */
function explain(error: unknown, root: string, file: string): unknown {
  if (error instanceof YamlParseError) {
    const [reason = ""] = error.message.split(" in ");
    return new LintError([`${shorten(error.source.absoluteRef, root)}:${error.line}:${error.col} yaml: ${reason}`]);
  }
  if (error instanceof ResolveError || error instanceof TooLargeError)
    return new LintError([shorten(error.message, root)]);
  if (error instanceof Error && error.message.startsWith("Document must be"))
    return new LintError([`${file}:1:1 ${error.message}`]);
  return error;
}

/** Names files relative to the project, and in one way on all systems. */
function shorten(text: string, root: string): string {
  const folder = root + path.sep;
  return text.replaceAll(folder, "").replaceAll(withoutHash(folder), "").replaceAll(path.sep, "/");
}
