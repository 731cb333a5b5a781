// @ts-check
import { isNode } from "./nodes.js";

/** How many changes a line names. */
const most = 3;

/**
 * What differs between two JSON texts, in a line.
 * @param {string} before
 * @param {string} after
 */
export function changesBetween(before, after) {
  const changes = [...differences(parse(before), parse(after), "")];
  if (changes.length === 0) return "No change of the description";
  const more = changes.length > most ? ` and ${changes.length - most} more` : "";
  return changes.slice(0, most).join(", ") + more;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // somebody's edit of a generated file
  }
}

/**
 * @param {unknown} before
 * @param {unknown} after
 * @param {string} place
 * @returns {Generator<string, void, void>}
 */
function* differences(before, after, place) {
  if (before === after) return;
  if (!isNode(before) || !isNode(after)) {
    if (before === undefined) yield `+ ${place}`;
    else if (after === undefined) yield `- ${place}`;
    else yield `${place} ${brief(before)} → ${brief(after)}`;
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    yield* differences(before[key], after[key], place ? `${place}/${key.replaceAll("/", "~1")}` : key);
  }
}

/** @param {unknown} value */
function brief(value) {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
