// Operations that the client can call.
import type { Oas3Rule } from "@redocly/openapi-core";
import type { PagingOptions } from "../../src/iterate-pages.js";
import { listsOf } from "../description/lists.js";
import type { Node } from "../description/node.js";
import { type Operation, operationsOfPath, parametersIn, successesOf } from "../description/operations.js";
import { serializationOf } from "../description/serialization.js";
import { nodeOf, report } from "./report.js";

/** The options of a listing, which stand beside the parameters of its operation. */
const options: Readonly<Record<keyof PagingOptions, true>> = {
  limit: true,
  maxPages: true,
  maxEmptyPages: true,
  prefetch: true,
  signal: true,
};

export const operationRule: Oas3Rule = () => ({
  PathItem(item, ctx) {
    const path = String(ctx.key);
    const node = nodeOf(ctx, item);
    if (path.startsWith("/")) for (const message of pathProblems(path)) report(ctx, node, message);
    for (const operation of operationsOfPath(path, node)) {
      for (const message of problemsOf(operation)) report(ctx, operation.node, message);
    }
  },
});

function* pathProblems(path: string): Generator<string, void, void> {
  if (!/^(\/([\w.~!$&'()*+,;=:@%-]|\{[\w-]+\})*)+$/.test(path))
    yield `The path ${path} has a character that a URL must encode.`;
  const alone = /^\{[^{}]+\}$/;
  if (path.split("/").some((segment) => /^(\.|\{[^{}]+\})+$/.test(segment) && !alone.test(segment))) {
    yield `A segment of ${path} could become "..", which leads to another path. Put a character between its parameters.`;
  }
}

function* problemsOf(operation: Operation): Generator<string, void, void> {
  const { method, node } = operation;
  if (method === "trace") yield "fetch cannot send TRACE. Remove the operation.";
  if (node.fields["requestBody"] && (method === "get" || method === "head")) {
    yield `fetch cannot send a body with ${method.toUpperCase()}. Use POST.`;
  }
  if (successesOf(operation).length === 0) yield "An operation needs a successful response, such as 200.";
  yield* serializationProblems(parametersIn(operation, "query"));
  if (listsOf(operation)) yield* listProblems(operation.parameters);
}

/** openapi-fetch serializes all lists, and all objects, of a query in one way. */
function* serializationProblems(query: readonly Node[]): Generator<string, void, void> {
  for (const [kind, plural] of [
    ["array", "lists"],
    ["object", "objects"],
  ] as const) {
    const ways = query.map(serializationOf).filter((one) => one.kind === kind);
    const different = new Set(ways.map(({ style, explode }) => `${style}, explode: ${explode}`));
    if (different.size > 1) {
      yield `The client sends all ${plural} of an operation in one style, but these have ${[...different].join(" and ")}.`;
    }
  }
  const names = query.flatMap((one) => {
    const { kind, style, explode } = serializationOf(one);
    const isFlat = kind === "object" && style === "form" && explode;
    return isFlat ? one.at("schema", "properties").keys : one.text("name");
  });
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated) yield `Two parameters would be sent as ${repeated}. Use the style deepObject, or another name.`;
}

/** The parameters of a listing are one object with its options. */
function* listProblems(parameters: readonly Node[]): Generator<string, void, void> {
  const names = parameters.map((one) => one.text("name"));
  for (const name of names) {
    if (name in options)
      yield `paginate has an option ${name}, so a list operation cannot have a parameter of that name.`;
  }
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated) yield `paginate takes each parameter by its name, but two are called ${repeated}. Rename one.`;
}
