// Collects what was found, each kind once.
import type { Redact } from "../../src/redact.js";
import type { Place } from "./source-location.js";

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

export type Found = Omit<Finding, "place" | "count"> & { readonly place: Place };

export class Findings {
  readonly #found = new Map<string, Found & { count: number }>();
  readonly #absent = new Map<string, Found>();
  readonly #present = new Set<string>();
  readonly #redact: Redact;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** @param kind what tells it from others with the same rule */
  add(found: Found, kind = found.place.id): void {
    const key = `${found.rule} ${kind}`;
    const { count, ...first } = this.#found.get(key) ?? { ...found, count: 0 };
    this.#found.set(key, { ...first, count: count + 1 });
  }

  /** Records whether a described field is present. */
  addField(found: Found, isPresent: boolean): void {
    if (isPresent) this.#present.add(found.place.id);
    else if (!this.#absent.has(found.place.id)) this.#absent.set(found.place.id, found);
  }

  async disagreements(): Promise<Finding[]> {
    return await Promise.all([...this.#found.values()].map((found) => this.#print(found, found.count)));
  }

  /** The described fields that never came. */
  async missing(): Promise<Finding[]> {
    const never = [...this.#absent].filter(([id]) => !this.#present.has(id));
    return await Promise.all(never.map(([, found]) => this.#print(found, 0)));
  }

  async #print(found: Found, count: number): Promise<Finding> {
    const { operation, status, pointer, rule, value, place } = found;
    const print = (text: string): string => shorten(this.#redact(text)); // a part of a secret is not recognized
    const texts = { pointer: print(pointer), rule: print(rule), value: print(value), place: await place.line() };
    return { operation, status, ...texts, count };
  }
}

/** A text that fits in a line. */
function shorten(text: string): string {
  const line = text.replace(/\p{Cc}/gu, "?");
  return line.length > 80 ? `${line.slice(0, 60)}… (${line.length} characters)` : line;
}

/** A value as JSON; of an object or an array, which can hold more than the problem, only what it is. */
export function textOf(value: unknown): string {
  return Object(value) === value ? kindOf(value) : (JSON.stringify(value) ?? "nothing");
}

/** What a value is, without the value. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === null ? "null" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
