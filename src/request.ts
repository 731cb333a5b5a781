import { createFinalURL, type HeadersOptions, mergeHeaders } from "openapi-fetch";
import { InvalidArgumentError } from "./errors.js";
import { fillPath, isAbsent, type ParameterValues } from "./parameters.js";

/** What one call of a client's method can be told, whatever the description says of it. */
export interface FetchOptions extends Omit<RequestInit, "body" | "headers" | "method"> {
  headers?: HeadersOptions | undefined;
}

/** All that one call can be told, with the types that all operations share. */
export interface CallOptions extends FetchOptions {
  params?: ParameterValues | undefined;
  /** What goes out as JSON. */
  body?: unknown;
}

/** What each attempt of a call sends. */
export interface Outgoing {
  readonly url: string;
  readonly init: RequestInit;
}

/**
 * The request of a call, but for its token.
 *
 * @param headers those of the client
 * @throws {InvalidArgumentError} naming a header that cannot be sent
 */
export function outgoing(
  baseUrl: string,
  method: string,
  path: string,
  { params = {}, body, headers: own, ...rest }: CallOptions,
  headers: unknown,
): Outgoing {
  const json: string | undefined = JSON.stringify(body);
  const all = headersOf(json && { "content-type": "application/json" }, headers, own, params["header"]);
  return {
    // Without its slash, a path would make another host of the base URL's.
    url: createFinalURL(path.replace(/^\/?/, "/"), { baseUrl, params, querySerializer, pathSerializer: fillPath }),
    init: { ...rest, method, headers: all, body: json ?? null },
  };
}

/** A parameter that is absent is left out, and a list is repeated. */
function querySerializer(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .flatMap(([name, values]) =>
      isAbsent(values) ? [] : [values].flat().map((value) => `${name}=${encodeURIComponent(String(value))}`),
    )
    .join("&");
}

/**
 * These headers in one. Of two with a name, the later counts; null takes it out.
 *
 * @throws {InvalidArgumentError} naming a header that cannot be sent; its value can be a secret, and is not shown
 */
export function headersOf(...sources: unknown[]): Headers {
  const known = sources.map((source) => {
    const isList = Array.isArray(source);
    for (const [name, value] of isList || source instanceof Headers ? source : Object.entries(source ?? {})) {
      try {
        new Headers([[name, String(value)]]);
      } catch {
        throw new InvalidArgumentError("headers", `must be what HTTP allows, but ${JSON.stringify(name)} is not`);
      }
    }
    // openapi-fetch would send a list of pairs under the names 0, 1 and so on.
    return isList ? new Headers(source) : source;
  });
  return mergeHeaders(...(known as HeadersInit[]));
}
