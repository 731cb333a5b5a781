import { brief } from "../brief.js";
import { isObjectOrList } from "../description/node.js";

/** How many changes a line names. */
const most = 3;

/** The differences between JSON texts of the same names, in a line. */
export function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const changes = [...after].flatMap(([name, text]) => [...differences(parse(before.get(name)), parse(text), "")]);
  if (changes.length === 0) return "The description did not change";
  const more = changes.length > most ? ` and ${changes.length - most} more` : "";
  return changes.slice(0, most).join(", ") + more;
}

function parse(text = "{}"): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a generated file that was edited
  }
}

function* differences(before: unknown, after: unknown, place: string): Generator<string, void, void> {
  if (before === after) return;
  if (isObjectOrList(before) && isObjectOrList(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* differences(before[key], after[key], place ? `${place}/${key.replaceAll("/", "~1")}` : key);
  } else if (before === undefined) yield `+ ${place}`;
  else if (after === undefined) yield `- ${place}`;
  else yield `${place} ${brief(before)} → ${brief(after)}`;
}
