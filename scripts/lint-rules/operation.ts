// What the client can do with an operation as a whole.
import type { Oas3Rule } from "@redocly/openapi-core";
import type { PagingOptions } from "../../src/iterate-pages.js";
import { successesOf } from "./media-types.js";
import { descend, elementsOf, fieldsOf, type Node, type Resolver } from "./node.js";
import { hasNextPageToken } from "./paging.js";
import { serializationOf } from "./serialization.js";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The options of a listing, which stand beside the parameters of its operation. */
const options: Readonly<Record<keyof PagingOptions, true>> = {
  limit: true,
  maxPages: true,
  maxEmptyPages: true,
  prefetch: true,
  signal: true,
};

export const operationRule: Oas3Rule = () => ({
  PathItem(pathItem, ctx) {
    const path = String(ctx.key);
    if (path.startsWith("/")) {
      for (const message of pathProblems(path)) ctx.report({ message, location: ctx.location });
    }
    for (const method of methods) {
      if (!pathItem[method]) continue;
      const node = { value: pathItem, file: ctx.location.source.absoluteRef };
      const location = ctx.location.child(method);
      for (const message of problemsOf(ctx, node, method)) ctx.report({ message, location });
    }
  },
});

function* pathProblems(path: string): Generator<string, void, void> {
  if (!/^(\/([\w.~!$&'()*+,;=:@%-]|\{[\w-]+\})*)+$/.test(path))
    yield `The path ${path} cannot stand in a URL as it is.`;
  const alone = /^\{[^{}]+\}$/;
  if (path.split("/").some((segment) => /^(\.|\{[^{}]+\})+$/.test(segment) && !alone.test(segment))) {
    yield `A segment of ${path} could become "..", which leads to another path. Put a character between its parameters.`;
  }
}

function* problemsOf(ctx: Resolver, pathItem: Node, method: string): Generator<string, void, void> {
  const operation = descend(ctx, pathItem, method);
  const { requestBody, responses } = fieldsOf(operation);
  const lists = [descend(ctx, pathItem, "parameters"), descend(ctx, operation, "parameters")];
  const all = lists.flatMap((list) => elementsOf(ctx, list));
  const parameters = [...new Map(all.map((one) => [`${fieldsOf(one)["in"]} ${fieldsOf(one)["name"]}`, one])).values()];

  if (method === "trace") yield "fetch cannot send TRACE. Remove the operation.";
  if (requestBody && (method === "get" || method === "head")) {
    yield `fetch sends no body with ${method.toUpperCase()}. Use POST.`;
  }
  if (successesOf(fieldsOf({ value: responses })).length === 0)
    yield "An operation needs a response of success, as 200.";
  yield* serializationProblems(ctx, parameters);
  if (method === "get" && hasNextPageToken(ctx, operation)) yield* listProblems(parameters);
}

/** openapi-fetch serializes all lists, and all objects, of a query in one way. */
function* serializationProblems(ctx: Resolver, parameters: readonly Node[]): Generator<string, void, void> {
  const query = parameters.filter((one) => fieldsOf(one)["in"] === "query");
  for (const [kind, plural] of [
    ["array", "lists"],
    ["object", "objects"],
  ] as const) {
    const ways = query.map((one) => serializationOf(ctx, one)).filter((one) => one.kind === kind);
    const different = new Set(ways.map(({ style, explode }) => `${style}, explode: ${explode}`));
    if (different.size > 1) {
      yield `The client can send the ${plural} of an operation in one style only, but these have ${[...different].join(" and ")}.`;
    }
  }
  const names = query.flatMap((one) => {
    const { kind, style, explode } = serializationOf(ctx, one);
    const isFlat = kind === "object" && style === "form" && explode;
    return isFlat ? Object.keys(fieldsOf(descend(ctx, one, "schema", "properties"))) : String(fieldsOf(one)["name"]);
  });
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated) yield `Two parameters would be sent as ${repeated}. Use the style deepObject, or another name.`;
}

/** The parameters of a listing are one object with its options. */
function* listProblems(parameters: readonly Node[]): Generator<string, void, void> {
  const names = parameters.map((one) => String(fieldsOf(one)["name"]));
  for (const name of names) {
    if (name in options)
      yield `paginate has an option ${name}, so a list operation can have no parameter of that name.`;
  }
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated)
    yield `paginate takes each parameter by its name, but ${repeated} stands in two places. Give one another name.`;
}
