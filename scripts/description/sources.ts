// Reads a description from its files, so that each node has a place.
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type Document,
  escapePointerFragment,
  getLineColLocation,
  type Location,
  makeDocumentFromString,
  unescapePointerFragment,
} from "@redocly/openapi-core";
import { Node } from "./node.js";

/** The root of a description, with its files read as they are needed. */
export function readSources(file: string): Node {
  const documents = new Map<string, Document>();
  const rootOf = (name: string): Node => {
    const document = documents.get(name) ?? makeDocumentFromString(readFileSync(name, "utf8"), name);
    documents.set(name, document);
    return new Node(resolve, document.parsed, locationOf(document.source, "#/"));
  };
  const resolve = ({ $ref }: { $ref: string }, from = file): { node: unknown; location: Location | undefined } => {
    const [name, pointer = ""] = $ref.split("#");
    const root = rootOf(name ? path.resolve(path.dirname(from), name) : from);
    const { value, location } = root.at(...pointer.split("/").slice(1).map(unescapePointerFragment));
    return { node: value, location };
  };
  return rootOf(path.resolve(file));
}

function locationOf(source: Location["source"], pointer: string): Location {
  return {
    source,
    pointer,
    child: (keys) => {
      const parts = [keys].flat().map((key) => escapePointerFragment(String(key)));
      return locationOf(source, `${pointer.replace(/\/$/, "")}/${parts.join("/")}`);
    },
    key: () => locationOf(source, pointer),
    absolutePointer: `${source.absoluteRef}${pointer}`,
  };
}

/** The file, line and column of a node. */
export function lineOf({ location }: Node): string {
  if (!location) return "";
  const { start } = getLineColLocation({ ...location, reportOnKey: true });
  const file = path.relative("", location.source.absoluteRef).replaceAll(path.sep, "/");
  return `${file}:${start.line}:${start.col}`;
}

/** Identifies the place of a node. */
export function idOf({ location }: Node): string {
  return location?.absolutePointer ?? "";
}
