// The nodes of the description, with the file, line and column of each.
import path from "node:path";
import { loadFromPrism } from "../../src/mock/prism.js";

/** The files of a description, by their absolute names. */
type Files = ReadonlyMap<string, unknown>;

/** The part of json-schema-ref-parser that is used. Prism reads descriptions with it. */
interface RefParser {
  resolve(file: string, options: object): Promise<{ values(): Record<string, unknown> }>;
}

/**
 * Reads a description and the files that it refers to, and returns its root.
 *
 * @throws {Error} naming the file that cannot be read or parsed
 */
export async function readDescription(file: string): Promise<Place> {
  const parser: RefParser = loadFromPrism("@stoplight/json-schema-ref-parser");
  const root = path.resolve(file);
  const references = await parser.resolve(root, { resolve: { http: false } });
  const files = Object.entries(references.values()).map(([name, node]) => [path.resolve(name), node] as const);
  return new Place(new Map(files), root);
}

/** A node of the description, and where it stands. */
export class Place {
  readonly node: unknown;
  readonly #files: Files;
  readonly #file: string;
  readonly #pointer: string;

  constructor(files: Files, file: string, node = files.get(file), pointer = "") {
    this.node = node;
    this.#files = files;
    this.#file = file;
    this.#pointer = pointer;
  }

  /** Goes down key by key, and follows each reference. Undefined when there is no such node. */
  child(...keys: string[]): Place | undefined {
    if (!isNode(this.node)) return keys.length === 0 ? this : undefined;
    const { $ref } = this.node;
    if (typeof $ref === "string") {
      const [name, pointer = ""] = $ref.split("#");
      const file = name ? path.resolve(path.dirname(this.#file), name) : this.#file;
      const target = decodeURIComponent(pointer).split("/").slice(1).map(unescapeKey);
      return new Place(this.#files, file).child(...target, ...keys);
    }
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    if (!Object.hasOwn(this.node, key)) return undefined;
    return new Place(this.#files, this.#file, this.node[key], `${this.#pointer}/${escapeKey(key)}`).child(...rest);
  }

  /** The text of a node below; empty when there is none. */
  text(...keys: string[]): string {
    return String(this.child(...keys)?.node ?? "");
  }

  /** The keys of a node below. */
  keys(...keys: string[]): string[] {
    return Object.keys(Object(this.child(...keys)?.node));
  }

  /** Of a schema: itself, and those that it combines. */
  get branches(): Place[] {
    const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
      this.keys(keyword).flatMap((index) => this.child(keyword, index)?.branches ?? []),
    );
    return [this, ...parts];
  }

  /** Tells this place from others. */
  get id(): string {
    return `${this.#file}#${this.#pointer}`;
  }

  /** The file, line and column. */
  async line(): Promise<string> {
    const { BaseResolver, getLineColLocation } = await import("@redocly/openapi-core"); // not needed when all agrees
    const source = await new BaseResolver().loadExternalRef(this.#file);
    const { start } = getLineColLocation({ source, pointer: `#${this.#pointer || "/"}`, reportOnKey: true });
    return `${path.relative("", this.#file).replaceAll(path.sep, "/")}:${start.line}:${start.col}`;
  }
}

export function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A key as a part of a JSON pointer. */
export function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A part of a JSON pointer as a key. */
export function unescapeKey(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
