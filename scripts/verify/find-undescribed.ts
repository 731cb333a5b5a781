// Finds fields, headers and enum values that are valid but not in the description.
import type { Add } from "./check-response.js";
import { kindOf, textOf } from "./findings.js";
import type { Cursor } from "./schema-cursor.js";
import { escapeKey, isNode, type Place } from "./source-location.js";

/** Headers that belong to HTTP, a browser or a proxy, and not to an API. */
const ordinary =
  /^(access-control-.*|age|alt-svc|cache-control|connection|content-.*|date|etag|expires|keep-alive|last-modified|pragma|server|strict-transport-security|transfer-encoding|vary|via|www-authenticate|x-(content-type|frame)-options)$/;

export function observeHeaders(headers: object, described: Place, add: Add): void {
  const known = described.keys("headers").map((name) => name.toLowerCase());
  for (const name of Object.keys(headers)) {
    if (ordinary.test(name) || known.includes(name)) continue;
    add({ pointer: `header ${name}`, rule: "no such header", value: "a string", place: described }, name);
  }
}

/** @param addField records whether a described field is present */
export function observeBody(
  cursor: Cursor,
  add: Add,
  addField: (found: Parameters<Add>[0], isPresent: boolean) => void,
): void {
  const { value, pointer } = cursor;
  if (typeof value === "string") observeEnum(cursor, value, add);
  if (!isNode(value)) return;
  const place = cursor.find("properties");
  for (const key of Object.keys(value)) {
    const step = cursor.step(key);
    if (step.schemas.length > 0) observeBody(step, add, addField);
    else if (place && !Array.isArray(value)) {
      add({ pointer: step.pointer, rule: "no such field", value: kindOf(step.value), place }, place.id + step.pointer);
    }
  }
  if (Array.isArray(value)) return;
  const required = cursor.schemas.flatMap((schema) => schema.child("required")?.node); // Prism reports these
  for (const name of cursor.schemas.flatMap((schema) => schema.keys("properties"))) {
    const field = required.includes(name) ? undefined : cursor.find("properties", name);
    const found = { pointer: `${pointer}/${escapeKey(name)}`, rule: "never came", value: "nothing" };
    if (field) addField({ ...found, place: field }, Object.hasOwn(value, name));
  }
}

function observeEnum({ schemas, pointer }: Cursor, value: string, add: Add): void {
  const single = schemas.filter(({ branches }) => branches.length === 1);
  const enums = single.flatMap((schema) => schema.child("enum") ?? []);
  const isKnown = enums.some(({ node }) => Array.isArray(node) && node.includes(value));
  const isOpen = enums.length < single.length; // Prism reports what is not in a closed one
  const [place] = enums;
  if (!place || isKnown || !isOpen) return;
  add({ pointer, rule: `enum: ${JSON.stringify(place.node)}`, value: textOf(value), place }, place.id + value);
}
