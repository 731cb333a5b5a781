import { createHash } from "node:crypto";
import { type Item, itemsOf, type List, ownersOfItem } from "./lists.js";
import { validateOutput } from "./prism.js";

const day = 24 * 60 * 60 * 1000;

/** The most items that are made up for a list. */
const most = 100_000;

/**
 * The items of a list: those given, or that many made up.
 *
 * @param lists the operations that list them
 * @throws {Error} naming the list and the count, or each item, field and rule that the description does not allow
 */
export function readItems(lists: readonly [List, ...List[]], given: unknown, seed: number): Item[] {
  const [list] = lists;
  if (!Array.isArray(given) && !(Number.isInteger(given) && Number(given) >= 0 && Number(given) <= most)) {
    throw new RangeError(`${list.key} must be a list, or a whole number from 0 to ${most}, but is ${String(given)}`);
  }
  const items: Item[] = Array.isArray(given)
    ? JSON.parse(JSON.stringify(given)) // as it will be sent, and out of reach
    : makeUp(lists, Number(given), seed);
  const page = { statusCode: 200, headers: { "content-type": list.mediaType }, body: { [list.key]: items } };
  const result = validateOutput({ resource: list.operation, element: page });
  if (result._tag === "Left") {
    const problems = result.left.map(({ path = [], code, message }) => {
      const [, key, index, ...field] = path;
      const [, rule = message] = /((?:must|should) .*)$/.exec(message) ?? [];
      return `${[`${key}[${index}]`, ...field].join(".")} ${rule} (${code})`;
    });
    throw new Error(`The description does not allow these ${list.key}:\n${problems.slice(0, 10).join("\n")}`);
  }
  return items;
}

/** Continues the description's examples into the past: newest first, a day apart, and each with an id of its own. */
function makeUp(lists: readonly [List, ...List[]], count: number, seed: number): Item[] {
  const [{ key, times }] = lists;
  // Only what every operation lists for its own example: then a count means the same to each of them.
  const examples = lists
    .flatMap((list) => list.examples.flatMap(({ page }) => itemsOf(list, page)))
    .filter((item) => lists.every((list) => ownersOfItem(list, item).every((id, i) => id === list.owners[i]?.example)));
  const [newest, ...others] = examples;
  if (!newest) throw new Error(`The description has no example to make ${key} up from: give a list of them`);

  const step = Math.min(day, (10 * 365 * day) / count);
  const first = started(newest, times);
  return Array.from({ length: count }, (_, index) => {
    const model = index === 0 ? newest : (others[(index - 1) % others.length] ?? newest);
    const random = createHash("sha256").update(`${seed} ${key} ${index}`).digest();
    const start = first - index * step + (random.readUInt16BE() % 60_000);
    return Object.fromEntries(
      Object.entries(model).map(([name, value]) => {
        if (times.includes(name)) {
          const after = Date.parse(String(value)) - started(model, times);
          return [name, new Date(start + after + (after && random.readUInt16BE(2) % 60_000)).toISOString()];
        }
        if (name === "id") return [name, anotherId(String(value), count - index, random)];
        return [name, name === "name" ? `${value}-${count - index}` : value];
      }),
    );
  });
}

/** The first of an item's times, in milliseconds; 0 when it has none. */
function started(item: Item, times: readonly string[]): number {
  const found = times.flatMap((name) => (name in item ? Date.parse(String(item[name])) : []));
  return found.length > 0 ? Math.min(...found) : 0;
}

/** An id that looks like this one: it ends in another number, or else has other letters and digits. */
function anotherId(id: string, number: number, random: Buffer): string {
  if (/:\d+$/.test(id)) return id.replace(/\d+$/, String(number));
  const letters = BigInt(`0x${random.toString("hex")}`).toString(36);
  return id.slice(0, 3) + letters.slice(0, Math.max(0, id.length - 3));
}
