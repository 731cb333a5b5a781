import { nearest } from "../nearest.js";
import { exampleItems, type Item, type ListOperation } from "./list-operations.js";
import { readItems } from "./read-items.js";

/** Operations that share their items, such as the backups of a cluster and of a folder, and these items. */
export interface ListItems {
  readonly lists: readonly [ListOperation, ...ListOperation[]];
  readonly items: readonly Item[];
  /** Whether they were given, and are not the description's examples. */
  readonly isOwn: boolean;
}

/**
 * The items of the lists: those given, or that many made up, or else the examples.
 *
 * @throws {Error} naming an unknown list, or the items that the description does not allow
 */
export async function readLists(
  lists: readonly ListOperation[],
  given: Readonly<Record<string, unknown>>,
  seed: number,
): Promise<ListItems[]> {
  const groups = new Map<string, [ListOperation, ...ListOperation[]]>();
  for (const list of lists) {
    const name = JSON.stringify([list.key, list.fields]); // lists of one name can have different items
    const others = groups.get(name);
    if (others) others.push(list);
    else groups.set(name, [list]);
  }
  const names = lists.map(({ key }) => key);
  const unknown = Object.keys(given).find((key) => given[key] !== undefined && !names.includes(key));
  if (unknown !== undefined) {
    const known = [...new Set(names)].join(", ") || "none";
    const meant = nearest(unknown, [...names, "seed", "port", "har", "spec"]);
    throw new RangeError(
      `The description has no list ${unknown}; its lists: ${known}${meant ? `; did you mean ${meant}?` : ""}`,
    );
  }
  const problems = new Map<string, string[]>();
  const accepted = new Set<string>();
  const read = [...groups.values()].map(async (group): Promise<ListItems> => {
    const [{ key }] = group;
    const examples = { lists: group, items: group.flatMap(exampleItems), isOwn: false };
    if (given[key] === undefined) return examples;
    try {
      const items = await readItems(group, given[key], seed);
      accepted.add(key);
      return { lists: group, items, isOwn: true };
    } catch (error) {
      problems.set(key, [...(problems.get(key) ?? []), error instanceof Error ? error.message : String(error)]);
      return examples; // they can be the items of another list of this name
    }
  });
  const all = await Promise.all(read);
  for (const [key, messages] of problems) if (!accepted.has(key)) throw new RangeError(messages.join("\n"));
  return all;
}
