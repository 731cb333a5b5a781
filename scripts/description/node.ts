// A node of a description: all scripts go down and follow references by it. It works on the files, where a lint rule
// gives the context, and on a bundled description.
import { isRef, type Location, unescapePointerFragment } from "@redocly/openapi-core";

type Resolve = (reference: { $ref: string }, from?: string) => { node?: unknown; location?: Location | undefined };

export class Node {
  /** The value, with references followed; undefined when it does not exist. */
  readonly value: unknown;
  /** Where it is; undefined in a bundled description. */
  readonly location: Location | undefined;
  /** The last reference that led here. */
  readonly ref: string | undefined;
  readonly #resolve: Resolve;
  readonly #beside: object = {};

  constructor(resolve: Resolve, value: unknown, location?: Location) {
    this.#resolve = resolve;
    while (isRef(value)) {
      const { $ref, ...beside } = value;
      this.ref = $ref;
      this.#beside = { ...beside, ...this.#beside };
      const target = resolve(value, location?.source.absoluteRef);
      value = target.node;
      location = target.location;
    }
    this.value = value;
    this.location = location;
  }

  /** The root of a bundled description. */
  static root(description: object): Node {
    const at = ({ $ref }: { $ref: string }): { node: unknown } => {
      const keys = $ref.split("/").slice(1).map(unescapePointerFragment);
      return { node: keys.reduce<unknown>((node, key) => (isObjectOrList(node) ? node[key] : undefined), description) };
    };
    return new Node(at, description);
  }

  /** A value that stands in the same description. */
  of(value: unknown): Node {
    return new Node(this.#resolve, value, this.location);
  }

  /** The fields of an object, with those beside a reference to it; empty for any other value. */
  get fields(): Readonly<Record<string, unknown>> {
    return isObjectOrList(this.value) ? { ...this.value, ...this.#beside } : {};
  }

  get keys(): string[] {
    return Object.keys(this.fields);
  }

  /** The nodes below an object or a list. */
  get children(): Node[] {
    return this.keys.map((key) => this.at(key));
  }

  /** Goes down key by key. */
  at(...[key, ...rest]: string[]): Node {
    if (key === undefined) return this;
    return new Node(this.#resolve, this.fields[key], this.location?.child(key)).at(...rest);
  }

  /** The text in a field; empty when the node lacks it. */
  text(key: string): string {
    return String(this.fields[key] ?? "");
  }
}

export function isObjectOrList(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** All objects and lists of a bundled description, from the outside in. */
export function* objectsOf(value: unknown): Generator<Record<string, unknown>, void, void> {
  if (!isObjectOrList(value)) return;
  yield value;
  for (const child of Object.values(value)) yield* objectsOf(child);
}
