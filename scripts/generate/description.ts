// Reads the description as its configuration, redocly.yaml, has it: linted, and bundled into one document.
import path from "node:path";
import {
  bundle,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
  type Oas3_1Definition,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import { LocalResolver, TooLargeError } from "./resolver.js";

export type Description = Oas3_1Definition;

/** The root file of the description, relative to the project. */
export const spec = "openapi/openapi.yaml";

/** The description, or its configuration, cannot be used: it cannot be read or parsed, or breaks a lint rule. */
export class LintError extends Error {
  override readonly name = "LintError";

  /** @param lines a line for each problem, with its place as `file:line:column` */
  constructor(lines: readonly string[]) {
    super([...new Set(lines)].join("\n"));
  }
}

/**
 * Lints and bundles the description.
 *
 * @param root the folder with redocly.yaml and the description
 * @throws {LintError} when it breaks a rule
 */
export async function load(root: string): Promise<Description> {
  try {
    const config = await loadConfig({ configPath: path.join(root, "redocly.yaml") });
    const folder = path.join(root, path.dirname(spec));
    // Both read each file once, and see the same text of it.
    const input = {
      ref: path.join(root, spec),
      config,
      externalRefResolver: new LocalResolver(folder, config.resolve),
    };
    report(await lint(input), root);
    const { bundle: document, problems } = await bundle({ ...input, componentRenamingConflicts: "error" });
    report(problems, root);
    return document.parsed as Description;
  } catch (error) {
    throw explain(error, root);
  }
}

/** Throws errors, and prints warnings. What is in Redocly's ignore file is neither. */
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
function explain(error: unknown, root: string): unknown {
  if (error instanceof YamlParseError) {
    const [reason = ""] = error.message.split(" in ");
    return new LintError([`${shorten(error.source.absoluteRef, root)}:${error.line}:${error.col} yaml: ${reason}`]);
  }
  if (error instanceof ResolveError || error instanceof TooLargeError)
    return new LintError([shorten(error.message, root)]);
  if (error instanceof Error && error.message.startsWith("Document must be"))
    return new LintError([`${spec}:1:1 ${error.message}`]);
  return error;
}

/** Names files relative to the project, and in one way on all systems. */
function shorten(text: string, root: string): string {
  return text.replaceAll(root + path.sep, "").replaceAll(path.sep, "/");
}
