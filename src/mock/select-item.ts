import {
  exampleValue,
  fieldOf,
  type Item,
  type ListOperation,
  ownersOfItem,
  pathValues,
  responseOf,
} from "./list-operations.js";
import type { Operation } from "./prism.js";
import { replaceIn, type Selector } from "./selection.js";

/**
 * Whether an operation is for one item of a list: its path is that of the list, a parameter, and possibly a custom
 * verb, as in `/clusters/{clusterId}:stop`.
 */
export function isOfItem({ path }: Operation, list: ListOperation): boolean {
  const rest = path.startsWith(`${list.operation.path}/`) ? path.slice(list.operation.path.length + 1) : "";
  return /^\{[^/{}]+\}(:\w+)?$/.test(rest);
}

/**
 * Selects the item that the last parameter of the path names.
 *
 * @param anyOwner whether the items exist for any owner, as the description's examples do
 */
export function selectItem(
  operation: Operation,
  list: ListOperation,
  items: readonly Item[],
  anyOwner: boolean,
): Selector {
  const parameters = operation.request?.path ?? [];
  const [, idName = "", verb] = /\{([^{}]+)\}(:.*)?$/.exec(operation.path) ?? [];
  const field = fieldOf(idName, list.fields) ?? "id";
  const owners = anyOwner ? [] : list.owners.filter((owner) => owner.in === "path");
  const keyOf = (ids: readonly unknown[], id: unknown) => JSON.stringify([...ids, String(id)]);
  const known = new Map(items.map((item) => [keyOf(ownersOfItem(owners, item), item[field] ?? item["id"]), item]));
  const required = responseOf(operation, 200)?.contents?.[0]?.schema?.required ?? [];
  return (request) => {
    const values = pathValues(operation, request);
    const ids = owners.map(({ name }) => values[name]);
    const item = known.get(keyOf(ids, values[idName]));
    if (!item) {
      const requested = parameters.map(({ name }) => values[name]);
      return { failure: 404, body: replaceIn(parameters.map(exampleValue), requested) };
    }
    if (operation.method !== "get" || verb) return {};
    // A list can leave out fields that its items have by themselves: the example has those.
    return {
      body: (example) => ({
        ...Object.fromEntries(Object.entries(Object(example)).filter(([name]) => required.includes(name))),
        ...item,
      }),
    };
  };
}
