// The rules of operations that page.
import type { Oas3Rule } from "@redocly/openapi-core";
import { listsOf, pageExamplesOf, pageTokensOf } from "../description/lists.js";
import { operationsOfPath } from "../description/operations.js";
import { nodeOf, report } from "./report.js";

/** The token of a response must be one that a request can send, and the other way round. */
export const pagingFieldsTogether: Oas3Rule = () => ({
  PathItem(item, ctx) {
    const [get] = operationsOfPath(String(ctx.key), nodeOf(ctx, item)).filter(({ method }) => method === "get");
    if (!get) return;
    const { isTaken, isGiven } = pageTokensOf(get);
    if (isTaken === isGiven) return;
    const message = isTaken
      ? "An operation with the parameter pageToken must have the field nextPageToken in its 200."
      : "An operation with the field nextPageToken in its 200 must have the parameter pageToken.";
    report(ctx, get.node, message);
  },
});

/**
 * The mock server pages by these examples: the first page is the first example, each token leads to the example
 * after it, and the listing ends at the first example without one. Examples after that are listings of a single page.
 */
export const pageExamplesChain: Oas3Rule = () => ({
  PathItem(item, ctx) {
    for (const operation of operationsOfPath(String(ctx.key), nodeOf(ctx, item))) {
      if (!listsOf(operation)) continue;
      const examples = pageExamplesOf(operation);
      const tokens = [...examples.values()].map((page) => page.fields["nextPageToken"] || undefined);
      const message = problemOf([...examples.keys()], tokens);
      if (message) report(ctx, operation.node.at("responses", "200"), message);
    }
  },
});

/** @param tokens of each example; undefined where there is none */
function problemOf(names: readonly string[], tokens: readonly unknown[]): string | undefined {
  if (names.length === 0) return "A page must have named examples, under examples.";
  const pages = tokens.indexOf(undefined) + 1;
  const repeated = tokens.find((token, index) => token !== undefined && tokens.indexOf(token) < index);
  if (repeated !== undefined) return `Two examples have the nextPageToken ${repeated}.`;
  if (pages === 0) return "The last page example must not have a nextPageToken.";
  const late = tokens.findIndex((token, index) => index >= pages && token !== undefined);
  return late === -1 ? undefined : `The example ${names[late]} has a nextPageToken, but the listing ends before it.`;
}
