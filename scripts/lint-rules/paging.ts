// The rules of operations that page.
import type { Oas3Rule } from "@redocly/openapi-core";
import { descend, fieldsOf, type Node, type Resolver } from "./node.js";

const okContent = ["responses", "200", "content", "application/json"];

/** Whether an operation's 200 has the field nextPageToken. */
export function hasNextPageToken(ctx: Resolver, operation: Node): boolean {
  return "nextPageToken" in fieldsOf(descend(ctx, operation, ...okContent, "schema", "properties"));
}

/** A listing goes on only when the token of a response can be sent in a request, and the other way round. */
export const pagingFieldsTogether: Oas3Rule = () => ({
  PathItem(pathItem, ctx) {
    const file = ctx.location.source.absoluteRef;
    const parameters = [...(pathItem.parameters ?? []), ...(pathItem.get?.parameters ?? [])];
    const takes = parameters
      .map((value) => fieldsOf(descend(ctx, { value, file })))
      .some((parameter) => parameter["in"] === "query" && parameter["name"] === "pageToken");
    if (takes === hasNextPageToken(ctx, { value: pathItem.get, file })) return;
    const message = takes
      ? "An operation with the parameter pageToken must have the field nextPageToken in its 200."
      : "An operation with the field nextPageToken in its 200 must have the parameter pageToken.";
    ctx.report({ message, location: ctx.location.child("get") });
  },
});

/**
 * The mock server pages by these examples: the first page is the first example, each token leads to the example
 * after it, and the listing ends at the first example without one. Examples after that are listings of a single page.
 */
export const pageExamplesChain: Oas3Rule = () => ({
  Operation(operation, ctx) {
    const root = { value: operation, file: ctx.location.source.absoluteRef };
    if (!hasNextPageToken(ctx, root)) return;
    const examples = descend(ctx, root, ...okContent, "examples");
    const names = Object.keys(fieldsOf(examples));
    const tokens = names.map((name) => descend(ctx, examples, name, "value", "nextPageToken").value || undefined);
    const message = problemOf(names, tokens);
    if (message) ctx.report({ message, location: ctx.location.child(["responses", "200"]) });
  },
});

/** @param tokens of each example; undefined where there is none */
function problemOf(names: readonly string[], tokens: readonly unknown[]): string | undefined {
  const pages = tokens.indexOf(undefined) + 1;
  if (names.length === 0 || pages === 1) return "The first example of a page must have a nextPageToken.";
  const repeated = tokens.find((token, index) => token !== undefined && tokens.indexOf(token) < index);
  if (repeated !== undefined) return `The nextPageToken ${repeated} stands in two examples.`;
  if (pages === 0) return "The page examples must end with one that has no nextPageToken.";
  const late = tokens.findIndex((token, index) => index >= pages && token !== undefined);
  return late === -1 ? undefined : `The example ${names[late]} goes on, but the listing ended before it.`;
}
