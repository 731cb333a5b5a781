import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
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
  dereference(file: string, options: object): Promise<object>;
}

/**
 * Reads a description and the files that it refers to.
 *
 * @throws {RangeError} for a reference to a URL, or to a file outside the folder of the description
 */
export async function readDescription(spec: string): Promise<Description> {
  const root = realpathSync(spec);
  const folder = path.dirname(root);
  const files: string[] = [];
  const canRead = ({ url }: { url: string }): true => {
    if (isInside(folder, url)) return true;
    throw new RangeError(`${spec} refers to ${url}, but only files in ${folder} are read`);
  };
  const read = ({ url }: { url: string }): Promise<Buffer> => {
    const file = fileOf(url);
    files.push(file);
    return readFile(file);
  };
  const parser: RefParser = loadFromPrism("@stoplight/json-schema-ref-parser");
  const document = await parser.dereference(root, { resolve: { http: false, file: { canRead, read } } });
  return { operations: await readOperations(document), files };
}

function isInside(folder: string, url: string): boolean {
  if (/^(?!file:)\w{2,}:/.test(url)) return false;
  try {
    const fromFolder = path.relative(folder, realpathSync(fileOf(url))); // a link can lead out of the folder
    return !path.isAbsolute(fromFolder) && fromFolder.split(path.sep)[0] !== "..";
  } catch {
    return true; // there is no such file, and the parser says so
  }
}

/** The parser itself finds no file in a folder such as `50%23` or `why?`. */
function fileOf(url: string): string {
  return url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url);
}
