import { createHash } from "node:crypto";
import { isError, isObject, textOf } from "../unknown-value.js";
import { exampleItems, type Item, type ListOperation, ownersOfItem } from "./list-operations.js";
import { findViolations, type HttpRequest } from "./prism.js";

const day = 24 * 60 * 60 * 1000;

/** The most items that are made up for a list. */
const limit = 100_000;

/**
 * The items of a list: those given, or that many made up.
 *
 * @param lists the operations that list them
 * @throws {Error} naming the list and the count, or each item, field and rule that the description does not allow
 */
export async function readItems(
  lists: readonly [ListOperation, ...ListOperation[]],
  given: unknown,
  seed: number,
): Promise<Item[]> {
  const [list] = lists;
  if (Array.isArray(given)) {
    const items = Array.from(given, (item, index) => copyOf(item, `${list.key}[${index}]`));
    await validate(list, items);
    return items;
  }
  if (typeof given === "number" && Number.isInteger(given) && given >= 0 && given <= limit) {
    return makeUp(lists, given, seed);
  }
  throw new RangeError(`${list.key} must be a list, or a whole number from 0 to ${limit}, but is ${String(given)}`);
}

/** Copies an item, as it will be sent, and out of the caller's reach. */
function copyOf(item: unknown, name: string): Item {
  try {
    return JSON.parse(JSON.stringify(item) ?? "null");
  } catch (cause) {
    const problem = isError(cause) ? cause.message : textOf(cause);
    throw new RangeError(`${name} cannot be sent as JSON: ${problem}`, { cause });
  }
}

async function validate({ key, operation, mediaType }: ListOperation, items: readonly Item[]): Promise<void> {
  const request: HttpRequest = { method: "get", url: { path: operation.path } };
  const page = { statusCode: 200, headers: { "content-type": mediaType }, body: { [key]: items } };
  const violations = await findViolations(operation, request, page);
  if (violations.length === 0) return;
  const problems = violations.map(({ path = [], code, message }) => {
    const [, , index, ...field] = path;
    const [, rule = message] = /((?:must|should) .*)$/.exec(message) ?? [];
    return `${[`${key}[${index}]`, ...field].join(".")} ${rule} (${code})`;
  });
  throw new Error(`The description does not allow these ${key}:\n${problems.slice(0, 10).join("\n")}`);
}

/** Continues the description's examples into the past: newest first, a day apart, and each with an id of its own. */
function makeUp(lists: readonly [ListOperation, ...ListOperation[]], count: number, seed: number): Item[] {
  const [{ key, times }] = lists;
  // Only items that every operation lists for its own example, so that a count means the same to each of them.
  const [newest, ...older] = lists
    .flatMap(exampleItems)
    .filter((item) =>
      lists.every((list) => ownersOfItem(list.owners, item).every((id, i) => id === list.owners[i]?.example)),
    )
    .map((item) => modelOf(item, times));
  if (!newest) throw new Error(`The description has no example to make ${key} up from: give a list of them`);
  const most = Math.max(...older.map(({ known }) => known));
  const others = older.filter(({ known }) => known === most); // only the newest may still be in the making

  const step = Math.min(day, (10 * 365 * day) / count);
  return Array.from({ length: count }, (_, index) => {
    const model = index === 0 ? newest : (others[(index - 1) % others.length] ?? newest);
    if (!isObject(model.item)) return model.item; // a text or a number
    const random = createHash("sha256").update(`${seed} ${key} ${index}`).digest();
    const start = newest.start - index * step + (random.readUInt16BE() % 60_000);
    const item: Record<string, unknown> = {};
    for (const { name, value, after } of model.fields) {
      if (after !== undefined) {
        const later = after === 0 ? 0 : after + (random.readUInt16BE(2) % 60_000);
        item[name] = new Date(start + later).toISOString();
      } else if (name === "id") item[name] = anotherId(String(value), count - index, index > others.length && random);
      else item[name] = name === "name" ? `${value}-${count - index}` : value;
    }
    return item;
  });
}

/** An example to make items like: its first time in milliseconds, and how long after it the others are. */
function modelOf(item: Item, times: readonly string[]) {
  const timeOf = ([name, value]: [string, unknown]): number =>
    times.includes(name) ? Date.parse(String(value)) : Number.NaN;
  const entries = Object.entries(item);
  const known = entries.map(timeOf).filter((time) => !Number.isNaN(time));
  const start = known.length > 0 ? Math.min(...known) : 0;
  const fields = entries.map(([name, value]) => {
    const time = timeOf([name, value]);
    return { name, value, after: Number.isNaN(time) ? undefined : time - start };
  });
  return { item, start, known: known.length, fields };
}

/**
 * An id that looks like this one: it ends in another number, or has other letters and digits. Without `random`, an id
 * without a number is kept: the first clusters are those of the examples, so that made-up backups belong to a listed
 * cluster.
 */
function anotherId(id: string, number: number, random: Buffer | false): string {
  if (/:\d+$/.test(id)) return id.replace(/\d+$/, String(number));
  if (!random) return id;
  const letters = BigInt(`0x${random.toString("hex")}`).toString(36);
  return id.slice(0, 3) + letters.slice(0, Math.max(0, id.length - 3));
}
