// Compares bodies and parameters with the description by `redocly drift`.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { escapePointerFragment, unescapePointerFragment } from "@redocly/openapi-core";
import { isObjectOrList } from "../description/node.js";
import { openEnumOf } from "../description/schema.js";
import { strictCopy } from "../description/strict-copy.js";
import { runRedocly } from "../run-redocly.js";
import type { Exchange } from "./har.js";
import { type Found, kindOf } from "./report.js";

/** A problem in drift's report. The path of a schema begins at that of the body. */
type Problem = Record<"exchangeIndex" | "occurrences" | "status", number> &
  Record<"message" | "target", string> & { schemaPath?: string; dataPath?: string };

/**
 * Compares bodies and parameters.
 *
 * @param folder where to put files
 * @param withRequests whether to compare requests, too
 */
export async function drift(
  description: object,
  exchanges: readonly Exchange[],
  folder: string,
  withRequests: boolean,
): Promise<Found[]> {
  const [api, traffic, report] = [`${folder}/api.json`, `${folder}/exchanges.json`, `${folder}/report.json`] as const;
  const server = "http://localhost";
  const entries = exchanges.map(({ request, response, path }) => {
    return { request: { ...request, url: server + path + new URL(request.url).search }, response };
  });
  await writeFile(api, JSON.stringify(strictCopy(description)));
  await writeFile(traffic, JSON.stringify({ log: { version: "1.2", creator: { name: "verify" }, entries } }));
  const options = ["--api", api, "--server", server, "--rules", "schema-consistency", "--ignore-headers", "*"];
  await runRedocly(["drift", traffic, ...options, "--format", "json", "-o", report]).catch((error: unknown) => {
    if (!existsSync(report)) throw error; // it fails for problems, too
  });
  const problems: Problem[] = JSON.parse(await readFile(report, "utf8")).problems;
  // anyOf and oneOf are one problem: those of their branches, and of fields that no branch has evaluated, are left out.
  const unions = problems.filter(({ schemaPath = "" }) => /\/(anyOf|oneOf)$/.test(schemaPath));
  const isInside = ({ schemaPath, dataPath }: Problem, union: Problem): boolean =>
    `${dataPath}/`.startsWith(`${union.dataPath}/`) &&
    [`${union.schemaPath}/`, `${union.schemaPath}`.replace(/\w+$/, "unevaluatedProperties/")].some((part) =>
      schemaPath?.startsWith(part),
    );
  return problems
    .filter(({ target, status }) => target === "response" || (withRequests && status < 400)) // a request that was refused may be wrong
    .filter((problem) => !unions.some((union) => isInside(problem, union)))
    .flatMap((problem) => read(problem, exchanges[problem.exchangeIndex]) ?? []);
}

function read({ message, target, schemaPath, ...problem }: Problem, exchange?: Exchange): Found | undefined {
  const { operation, content, body } = exchange ?? {};
  if (!operation) return;
  const origin = { operation: operation.id, status: problem.status, count: problem.occurrences };
  if (target === "request") return { ...origin, pointer: "", rule: message, value: "", place: operation.node };
  if (!content) return;
  if (schemaPath === undefined) return { ...origin, pointer: "", rule: message, value: textOf(body), place: content };
  const keys = keysOf(schemaPath);
  const names = keysOf(problem.dataPath);
  const at = names.reduce<unknown>((node, key) => (isObjectOrList(node) ? node[key] : undefined), body);
  const value = textOf(at);
  const isNew = keys.at(-2) === "unevaluatedProperties";
  const [keyword = ""] = keys.splice(isNew ? -2 : -1);
  const schema = content.at("schema", ...keys);
  const place = isNew ? schema : schema.at(keyword);
  const pointer = pointerOf(keys);
  const name = names.at(-1) ?? "";
  const field = `${pointer}/${escapePointerFragment(name)}`;
  if (isNew) return { ...origin, pointer: field, rule: "no such field", value: kindOf(at), place, kind: name };
  if (keyword === "required") return { ...origin, pointer: field, rule: `required: ${name}`, value, place };
  const values = openEnumOf(schema)?.values;
  if (values) return { ...origin, pointer, rule: `enum: ${JSON.stringify(values)}`, value, place, kind: value };
  const rule = isObjectOrList(place.value) ? keyword : `${keyword}: ${JSON.stringify(place.value)}`;
  return { ...origin, pointer, rule, value, place };
}

/** A value as JSON; of an object or an array, which can hold more than the problem, only which of them it is. */
function textOf(value: unknown): string {
  return isObjectOrList(value) ? kindOf(value) : (JSON.stringify(value) ?? "nothing");
}

function keysOf(pointer = ""): string[] {
  return pointer.split("/").slice(1).map(unescapePointerFragment);
}

/** Where in a body a schema is, from the keys that lead to it. */
function pointerOf([key = "", ...keys]: readonly string[]): string {
  const [next = "", ...rest] = keys;
  if (key === "") return "";
  if (key === "properties") return `/${escapePointerFragment(next)}${pointerOf(rest)}`;
  if (/^(allOf|anyOf|oneOf)$/.test(key)) return pointerOf(rest);
  return `/*${pointerOf(/^(items|additionalProperties)$/.test(key) ? keys : rest)}`;
}
