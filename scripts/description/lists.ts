// Finds the operations that page, and their lists. The types decide the same for the compiler (PagingPath in
// src/paginate.ts), and the mock server at run time (src/mock/list-operations.ts).
import type { Node } from "./node.js";
import { type Operation, parametersIn } from "./operations.js";
import { propertiesOf, typesOf } from "./schema.js";

/** Whether a GET takes a page token, and whether it responds with the next one. It pages when it does both. */
export function pageTokensOf(operation: Operation): { isTaken: boolean; isGiven: boolean } {
  return {
    isTaken: parametersIn(operation, "query").some((parameter) => parameter.text("name") === "pageToken"),
    isGiven: propertiesOf(pageOf(operation).at("schema")).has("nextPageToken"),
  };
}

/** The lists on a page by their names, each with the schema of its items; undefined for an operation that does not page. */
export function listsOf(operation: Operation): Map<string, Node> | undefined {
  const { isTaken, isGiven } = pageTokensOf(operation);
  if (operation.method !== "get" || !isTaken || !isGiven) return undefined;
  const lists = [...propertiesOf(pageOf(operation).at("schema"))].filter(([, field]) => typesOf(field).has("array"));
  return new Map(lists.map(([name, list]) => [name, list.at("items")]));
}

/** The parameter for the size of a page. */
export function pageSizeOf(operation: Operation): Node | undefined {
  return parametersIn(operation, "query").find((parameter) => parameter.text("name") === "pageSize");
}

/** The example pages of an operation that pages, by their names. */
export function pageExamplesOf(operation: Operation): Map<string, Node> {
  const examples = pageOf(operation).at("examples");
  return new Map(examples.keys.map((name) => [name, examples.at(name, "value")]));
}

function pageOf({ node }: Operation): Node {
  return node.at("responses", "200", "content", "application/json");
}
