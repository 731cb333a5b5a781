import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadFromPrism, type Operation, readOperations } from "./prism.js";

/** A description that has been read. */
export interface Description {
  readonly operations: readonly Operation[];
  /** The files that it consists of. */
  readonly files: readonly string[];
}

/** The part of json-schema-ref-parser that is used. Prism reads descriptions with it, but follows any reference. */
interface RefParser {
  resolve(file: string, options: object): Promise<{ paths(): string[] }>;
}

/**
 * Reads a description and the files that it refers to.
 *
 * @throws {RangeError} for a reference to a URL, or to a file outside the folder of the description
 */
export async function readDescription(spec: string): Promise<Description> {
  const file = realpathSync(spec);
  const folder = path.dirname(file);
  const canRead = ({ url }: { url: string }): true => {
    if (isInside(folder, url)) return true;
    throw new RangeError(`${spec} refers to ${url}, but only files in ${folder} are read`);
  };
  const parser: RefParser = loadFromPrism("@stoplight/json-schema-ref-parser");
  const references = await parser.resolve(file, { resolve: { http: false, file: { canRead } } });
  return { operations: await readOperations(file), files: references.paths() };
}

function isInside(folder: string, url: string): boolean {
  if (/^(?!file:)\w{2,}:/.test(url)) return false;
  const file = url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
  try {
    const fromFolder = path.relative(folder, realpathSync(file)); // a link can lead out of the folder
    return !path.isAbsolute(fromFolder) && fromFolder.split(path.sep)[0] !== "..";
  } catch {
    return true; // there is no such file, and the parser says so
  }
}
