// Reads traffic, recorded by this project, a browser or a proxy, and finds what is for the API.
import { readFileSync } from "node:fs";
import { isObject, type Node } from "../description/node.js";
import { contentOf, type Operation, responseOf } from "../description/operations.js";

/** An entry of a HAR file, as much of it as is used. */
interface Entry {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status: number;
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
    readonly content?: { readonly text?: string; readonly encoding?: string };
  };
}

/** An exchange with the API. What the description does not have is undefined. */
export interface Exchange extends Entry {
  /** Below the server. */
  readonly path: string;
  readonly operation: Operation | undefined;
  readonly described: Node | undefined;
  readonly content: Node | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {Error} when the file cannot be read, or is no HAR */
export function readHar(file: string): Entry[] {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new Error(`${file} is empty`);
  let entries: unknown;
  try {
    entries = JSON.parse(text).log.entries;
  } catch (error) {
    const problem = error instanceof SyntaxError ? "it is not JSON, or is cut off" : "it has no log.entries";
    throw new Error(`${file} is no HAR: ${problem}`);
  }
  const isEntry = (entry: unknown) =>
    isObject(entry) && isObject(entry["request"]) && isObject(entry["response"]) && "url" in entry["request"];
  if (Array.isArray(entries) && entries.every(isEntry)) return entries;
  throw new Error(`${file} is no HAR: its log.entries must be exchanges`);
}

/** Finds the exchanges with a server. Those with a mock server count, too: a loopback address, and a described path. */
export function exchangesWith(server: string, entries: readonly Entry[], operations: readonly Operation[]): Exchange[] {
  return entries.flatMap((entry) => {
    const { request, response } = entry;
    const [url = ""] = request.url.split(/[?#]/);
    const isOurs = url.startsWith(`${server}/`);
    const path = isOurs
      ? url.slice(server.length)
      : url.replace(/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?/, "");
    const operation = operations
      .filter((one) => one.method === request.method.toLowerCase() && patternOf(one).test(path))
      .sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0]; // rather the one without parameters
    // A browser asks whether it may send a request, and gives one that got no response the status 0.
    if ((!isOurs && !operation) || request.method === "OPTIONS" || response.status === 0) return [];
    const headers = Object.fromEntries((response.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value]));
    const described = operation && responseOf(operation, response.status);
    const content = described && contentOf(described, headers["content-type"] ?? "");
    return [{ ...entry, path, operation, described, content, headers }];
  });
}

function patternOf({ path }: Operation): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

/** The body: parsed where it is JSON, or its text. */
export function bodyOf({ response: { content = {} } }: Entry): unknown {
  const text = content.encoding === "base64" ? Buffer.from(content.text ?? "", "base64").toString() : content.text;
  try {
    return JSON.parse(text ?? "");
  } catch {
    return text;
  }
}
