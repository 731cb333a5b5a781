// Sends the requests: GETs only, and no faster than is polite.
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpResponse } from "../../src/mock/prism.js";

/** The server could not be asked. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Gets a path, with further headers; one that is undefined is left out. */
export type Get = (path: string, headers?: Readonly<Record<string, string | undefined>>) => Promise<HttpResponse>;

/**
 * Creates the function that sends a request, with the token. It throws an {@link UnavailableError} when no response comes.
 *
 * @param interval the least time from one request to the next, in milliseconds
 * @param onRequest called before each request
 */
export function createGet(endpoint: string, token: string, interval: number, onRequest: () => void): Get {
  let next = 0;
  return async (path, more) => {
    await sleep(next - performance.now());
    next = performance.now() + interval;
    onRequest();
    const headers = new Headers({ accept: "application/json" });
    const given = Object.entries({ authorization: `Bearer ${token}`, ...more });
    for (const [name, value] of given) if (value !== undefined) headers.set(name, value);
    try {
      // A redirect is a response like any other, and not followed.
      const init = { headers, redirect: "manual", signal: AbortSignal.timeout(60_000) } as const;
      const response = await fetch(endpoint + path, init);
      const body = parse(await response.text(), response.headers.get("content-type") ?? "");
      return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
    } catch (error) {
      throw new UnavailableError(reasonOf(error));
    }
  };
}

/** JSON that cannot be parsed stays a text, which breaks its schema. */
function parse(body: string, contentType: string): unknown {
  if (body === "") return undefined;
  try {
    return /\bjson\b/i.test(contentType) ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause) return reasonOf(error.cause);
  return error.message || String("code" in error ? error.code : error.name); // one for several addresses has no message
}
