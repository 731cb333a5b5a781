// Compares exchanges with the description by `redocly drift`, and finds the places in openapi/ that its report is about.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { escapePointerFragment, unescapePointerFragment } from "@redocly/openapi-core";
import { isObject, type Node } from "../description/node.js";
import type { Operation } from "../description/operations.js";
import { openEnumOf, propertiesOf } from "../description/schema.js";
import { idOf } from "../description/sources.js";
import { strictCopy } from "../description/strict-copy.js";
import { runRedocly } from "../redocly-command.js";
import { type Found, kindOf, textOf } from "./findings.js";
import { bodyOf, type Exchange } from "./har.js";

/** A problem in drift's report. A schema's path begins at that of the body. */
type Problem = Record<"exchangeIndex" | "occurrences", number> &
  Record<"message" | "target", string> & { schemaPath?: string; dataPath?: string };

/** A part of an operation in drift's report of what came. The path of a field is as `backups[].id`. */
type Part = Readonly<Record<"kind" | "target" | "status" | "path", string | undefined>>;
type Coverage = { operationId: string; covered: readonly Part[]; missing: readonly Part[] };

/**
 * Returns the disagreements of bodies and parameters, and the described fields that never came.
 *
 * @param folder where to put files
 * @param withRequests whether requests are compared, too
 */
export async function drift(
  description: object,
  exchanges: readonly Exchange[],
  all: readonly Operation[],
  folder: string,
  withRequests: boolean,
) {
  if (exchanges.length === 0) return { found: [], missing: [] };
  const server = "http://localhost";
  const [api, traffic, report, coverage] = ["api", "traffic", "report", "coverage"].map((name) =>
    path.join(folder, `${name}.json`),
  ) as [string, string, string, string];
  const entries = exchanges.map(({ request, response, path }) => {
    const url = server + path + new URL(request.url).search;
    return { request: { ...request, url }, response };
  });
  await writeFile(api, JSON.stringify(strictCopy(description)));
  await writeFile(traffic, JSON.stringify({ log: { version: "1.2", creator: { name: "verify" }, entries } }));
  const input = [traffic, "--api", api, "--server", server, "--rules", "schema-consistency", "--ignore-headers", "*"];
  const run = runRedocly(["drift", ...input, "--format", "json", "-o", report, "--coverage-output", coverage]);
  await run.catch((error: unknown) => {
    if (!existsSync(report)) throw error; // it fails for problems, too
  });
  const problems: Problem[] = JSON.parse(await readFile(report, "utf8")).problems;
  const covered: Coverage[] = JSON.parse(await readFile(coverage, "utf8")).operations;
  // anyOf and oneOf are one problem: those of their branches, and of fields that no branch has evaluated, are left out.
  const unions = problems.filter(({ schemaPath = "" }) => /\/(anyOf|oneOf)$/.test(schemaPath));
  const isInside = ({ schemaPath = "", dataPath = "" }: Problem, union: Problem): boolean =>
    `${dataPath}/`.startsWith(`${union.dataPath}/`) &&
    [`${union.schemaPath}/`, `${union.schemaPath}`.replace(/\w+$/, "unevaluatedProperties/")].some((part) =>
      schemaPath.startsWith(part),
    );
  const whole = problems.filter((problem) => !unions.some((union) => isInside(problem, union)));
  const compared = whole.filter(({ target }) => withRequests || target === "response");
  return { found: compared.flatMap((problem) => read(problem, exchanges)), missing: findMissing(covered, all) };
}

function read(
  { exchangeIndex, message, occurrences: count, target, ...paths }: Problem,
  exchanges: readonly Exchange[],
): Found[] {
  const exchange = exchanges[exchangeIndex];
  if (!exchange?.operation) return [];
  const { operation, content, response } = exchange;
  const origin = { operation: operation.id, status: response.status, count, pointer: "" };
  // What was refused may be wrong.
  if (target !== "response")
    return response.status < 400 ? [{ ...origin, rule: message, value: "", place: operation.node }] : [];
  if (!content) return [];
  const body = bodyOf(exchange);
  if (paths.schemaPath === undefined) return [{ ...origin, rule: message, value: textOf(body), place: content }];
  const keys = keysOf(paths.schemaPath);
  const data = keysOf(paths.dataPath);
  const value = data.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), body);
  const name = data.at(-1) ?? "";
  const isNew = keys.at(-2) === "unevaluatedProperties";
  const [keyword = ""] = keys.splice(isNew ? -2 : -1);
  const schema = content.at("schema", ...keys);
  const place = schema.at(keyword);
  const pointer = pointerOf(keys);
  const field = { ...origin, pointer: `${pointer}/${escapePointerFragment(name)}`, kind: pointer + name };
  if (isNew) {
    const fields = schema.fields["properties"] ? schema.at("properties") : schema;
    return [{ ...field, rule: "no such field", value: kindOf(value), place: fields }];
  }
  if (keyword === "required") return [{ ...field, rule: `required: ${name}`, value: "nothing", place, kind: "" }];
  const text = textOf(value);
  const known =
    typeof value === "string" && place.children.find((part) => openEnumOf(schema) && part.fields["enum"])?.at("enum");
  if (known)
    return [
      { ...origin, pointer, rule: `enum: ${JSON.stringify(known.value)}`, value: text, place: known, kind: text },
    ];
  const limit = /^(anyOf|oneOf)$/.test(keyword) ? "" : `: ${JSON.stringify(place.value)}`;
  return [{ ...origin, pointer, rule: keyword + limit, value: text, place }];
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

/** The described fields of successes that never came, in objects that did. */
function findMissing(coverage: readonly Coverage[], all: readonly Operation[]): Found[] {
  const fieldsOf = (operationId: string, parts: readonly Part[]): Found[] =>
    parts.flatMap(({ target, status = "", path = "" }) => {
      const content = all.find(({ id }) => id === operationId)?.node.at("responses", status, "content").children[0];
      if (target !== "response" || !content || path === "" || !/^2/.test(status)) return [];
      const keys = path.replaceAll("[]", ".[]").split(".");
      const down = (node: Node | undefined, key: string) =>
        key === "[]" ? node?.at("items") : node && propertiesOf(node).get(key);
      const place = keys.reduce(down, content.at("schema") as Node | undefined);
      const pointer = keys.map((key) => `/${key === "[]" ? "*" : escapePointerFragment(key)}`).join("");
      const origin = { operation: operationId, status: Number(status), count: 0 };
      return place ? [{ ...origin, pointer, rule: "never came", value: "nothing", place }] : [];
    });
  const came = new Set(
    coverage.flatMap((one) => fieldsOf(one.operationId, one.covered)).map(({ place }) => idOf(place)),
  );
  return coverage.flatMap(({ operationId, covered, missing }) => {
    const present = covered.map(({ status, path = "" }) => `${status} ${path}`);
    const inside = missing.filter(({ status, path = "" }) =>
      present.includes(`${status} ${path.replace(/(\[\])*\.?[^.]+$/, "")}`),
    );
    return fieldsOf(operationId, inside).filter(({ place }) => !came.has(idOf(place)));
  });
}
