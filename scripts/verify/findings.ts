// Collects what was found, each kind once.
import type { Redact } from "../../src/redact.js";
import { isObject, type Node } from "../description/node.js";
import { idOf, lineOf } from "../description/sources.js";

/** A kind of disagreement between a server and the description, and where it came first. */
export interface Finding {
  readonly operation: string;
  readonly status: number;
  /** A JSON pointer into the body, with `*` for an index or a name that is the reader's own; or which header. */
  readonly pointer: string;
  /** What the description says. */
  readonly rule: string;
  /** What the server sent. */
  readonly value: string;
  /** The file, line and column that says so. */
  readonly place: string;
  readonly count: number;
}

/** A disagreement; `kind` tells it from others with the same rule and place. */
export type Found = Omit<Finding, "place" | "count"> & { place: Node; kind?: string; count?: number };

/** Merges what is of the same kind, and shows no secret. */
export function merge(all: readonly Found[], redact: Redact): Finding[] {
  const print = (text: string): string => shorten(redact(text)); // a part of a secret is not recognized
  const merged = new Map<string, Finding>();
  for (const { kind = "", place, count = 1, pointer, rule, value, ...origin } of all) {
    const key = `${rule} ${idOf(place)} ${kind}`;
    const texts = { pointer: print(pointer), rule: print(rule), value: print(value) };
    const first = merged.get(key) ?? { ...origin, ...texts, place: lineOf(place), count: 0 };
    merged.set(key, { ...first, count: first.count + count });
  }
  return [...merged.values()];
}

/** A text that fits in a line. */
function shorten(text: string): string {
  const line = text.replace(/\p{Cc}/gu, "?");
  return line.length > 80 ? `${line.slice(0, 60)}… (${line.length} characters)` : line;
}

/** A value as JSON; of an object or an array, which can hold more than the problem, only what it is. */
export function textOf(value: unknown): string {
  return isObject(value) ? kindOf(value) : (JSON.stringify(value) ?? "nothing");
}

/** What a value is, without the value. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === null ? "null" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
