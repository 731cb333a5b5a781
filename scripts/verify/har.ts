// Reads traffic, recorded by this project, a browser or a proxy, and finds the exchanges with the API in it.
import { readFileSync } from "node:fs";
import { isObjectOrList, type Node } from "../description/node.js";
import { contentOf, type Operation, responseOf } from "../description/operations.js";

/** An entry of a HAR file, as much of it as is used. */
interface Entry {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status?: number;
    readonly headers?: readonly Record<"name" | "value", string>[];
    readonly content?: {
      readonly text?: string;
      readonly encoding?: string;
      readonly mimeType?: string;
      readonly size?: number;
    };
  };
}

/** An exchange with the API. A part that the description does not have is undefined. */
export interface Exchange extends Entry {
  /** Below the server. */
  readonly path: string;
  readonly operation: Operation | undefined;
  readonly described: Node | undefined;
  readonly content: Node | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The media type; empty when there is none. */
  readonly type: string;
  readonly status: number;
  /** Parsed where it is JSON, or its text; undefined when it has not been recorded. */
  readonly body: unknown;
}

/** @throws {Error} when the file cannot be read, or is not a HAR file */
export function readHar(file: string): Entry[] {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  let problem = text.trim() === "" ? "it is empty" : "it is not JSON, or is cut off";
  try {
    const { log } = JSON.parse(text);
    problem = "it must have a list log.entries, each with the URL of a request and a response";
    const isEntry = ({ request, response }: Entry) => URL.canParse(request.url) && isObjectOrList(response);
    if (log.entries.every(isEntry)) return log.entries;
  } catch {
    // One of the two steps has failed.
  }
  throw new Error(`${file} is not a HAR file: ${problem}`);
}

/** Finds the exchanges with a server. Those with a mock server count, too: a loopback address, and a described path. */
export function exchangesWith(server: string, entries: readonly Entry[], operations: readonly Operation[]): Exchange[] {
  return entries.flatMap((entry) => {
    const { request, response } = entry;
    const { origin, pathname } = new URL(request.url);
    const isOurs = `${origin}${pathname}`.startsWith(`${server}/`);
    const isLocal = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
    const path = isOurs ? `${origin}${pathname}`.slice(server.length) : pathname;
    const operation = operations
      .filter((one) => one.method === request.method.toLowerCase() && patternOf(one).test(path))
      .sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0]; // rather the one without parameters
    // A browser asks whether it may send a request, has responses in its cache, and gives the status 0 to a request
    // without a response.
    const { status = 0 } = response;
    if (!(isOurs || (isLocal && operation)) || request.method === "OPTIONS" || [0, 304].includes(status)) return [];
    const headers = Object.fromEntries((response.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value]));
    const described = operation && responseOf(operation, status);
    const type = headers["content-type"] ?? response.content?.mimeType ?? "";
    const content = described && contentOf(described, type);
    return { ...entry, path, operation, described, content, headers, status, type, body: bodyOf(entry) };
  });
}

function patternOf({ path }: Operation): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

function bodyOf({ response: { content: { text = "", encoding, size } = {} } }: Entry): unknown {
  if (text === "" && size !== 0) return undefined;
  const decoded = encoding === "base64" ? Buffer.from(text, "base64").toString() : text;
  try {
    return JSON.parse(decoded);
  } catch {
    return decoded;
  }
}
