import { realpathSync } from "node:fs";
import path from "node:path";
import { BaseResolver, type Document, type ResolveConfig, Source } from "@redocly/openapi-core";
import { isObjectOrList } from "./node.js";

/** The most nodes of a file, counted again at each alias of YAML: a few lines can stand for billions. */
const most = 1_000_000;

/** A file has too many nodes. */
export class TooLargeError extends Error {}

/**
 * The name by which Redocly knows a file: for it, a `#` in the name of a folder, such as `C# projects`, would begin a
 * fragment.
 */
export const withoutHash = (file: string): string => file.replaceAll("#", "\uff03");

/** Reads the files in the folder of the description only. It does not use the network. */
export class LocalResolver extends BaseResolver {
  readonly #folder: string;

  constructor(folder: string, config: ResolveConfig) {
    super(config);
    this.#folder = folder;
  }

  override resolveExternalRef(base: string | null, reference: string): string {
    return withoutHash(super.resolveExternalRef(base, reference));
  }

  override async loadExternalRef(name: string): Promise<Source> {
    const file = name.replace(withoutHash(this.#folder), () => this.#folder);
    if (/^\w{2,}:/.test(file) || !isInside(this.#folder, file)) {
      throw new Error(`only files in ${path.basename(this.#folder)}/ are read. Copy it there, and refer to the copy.`);
    }
    return new Source(name, (await super.loadExternalRef(file)).body);
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    const document = super.parseDocument(source, isRoot);
    const nodes: unknown[] = [document.parsed];
    for (let count = 0; nodes.length > 0; count++) {
      if (count > most) {
        throw new TooLargeError(
          `${source.absoluteRef}:1:1 has more than ${most} nodes with its aliases. Use $ref, not aliases.`,
        );
      }
      const node = nodes.pop();
      if (isObjectOrList(node)) for (const child of Object.values(node)) nodes.push(child);
    }
    return document;
  }
}

function isInside(folder: string, file: string): boolean {
  try {
    return realpathSync(file).startsWith(realpathSync(folder) + path.sep);
  } catch {
    return file.startsWith(folder + path.sep); // the file does not exist, and Redocly reports it
  }
}
