// Records traffic as HAR, for `npm run verify -- traffic.har` and other tools. Secrets stay out of it.
import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { packageName } from "../package-name.js";
import { redactor } from "../redact.js";

/** A request and its response. Bodies are texts; that of a response is undefined when it broke off. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Iterable<readonly [string, string]>;
  readonly requestBody?: string;
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: string | undefined;
  readonly started: Date;
}

/** The fields of a token's exchange, as the text of JSON in JSON has them. */
const secretFields = /(\\"(?:jwt|iamToken|access_token)\\"\s*:\s*\\")[^"\\]*/g;
const secretHeaders = /^((proxy-)?authorization|(set-)?cookie)$/i;
const end = "\n]}}\n";

/** A HAR file. It is whole after each exchange, however the process ends. */
export class HarFile {
  /** The files that are open, by their paths. */
  static readonly #open = new Map<string, HarFile>();
  readonly #path: string;
  readonly #file: number;
  #position: number;
  #separator = "\n";
  #users = 0;

  /**
   * Opens a file, and overwrites it unless this process records in it already.
   *
   * @throws {Error} when the file cannot be written
   */
  static open(file: string): HarFile {
    const key = path.resolve(file);
    const known = existsSync(key) ? HarFile.#open.get(key) : undefined; // a deleted file would take entries in silence
    const har = known ?? new HarFile(key);
    HarFile.#open.set(key, har);
    har.#users += 1;
    return har;
  }

  private constructor(file: string) {
    this.#path = file;
    this.#file = openSync(file, "w", 0o600);
    const creator = { name: packageName, version: "1" };
    const head = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
    this.#position = writeSync(this.#file, head);
    writeSync(this.#file, end, this.#position);
  }

  add(exchange: Exchange): void {
    // The text of JSON stays JSON when it is redacted.
    const tokens = [...exchange.requestHeaders].map(([name, value]) =>
      secretHeaders.test(name) ? value.replace(/^\w+ /, "") : "",
    );
    const text = JSON.stringify(entryOf(exchange)).replace(secretFields, "$1[redacted]");
    const entry = this.#separator + redactor(tokens)(text);
    writeSync(this.#file, entry + end, this.#position);
    this.#position += Buffer.byteLength(entry);
    this.#separator = ",\n";
  }

  close(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    HarFile.#open.delete(this.#path);
    closeSync(this.#file);
  }
}

/**
 * Creates a `fetch` that records each request and its response in a HAR file, without `Authorization`, cookies and
 * anything that looks like a secret. The recorders of a process share a file, which is overwritten at first, and whole
 * after each response.
 *
 * @param fetch sends the requests; by default `globalThis.fetch`, looked up at each request
 *
 * @example
 * const client = createClient({ token, fetch: recordHar("traffic.har") });
 *
 * @throws {Error} when the file cannot be written
 */
export function recordHar(
  file: string,
  fetch: (request: Request, init?: RequestInit) => Promise<Response> = (request, init) =>
    globalThis.fetch(request, init),
): (request: Request, init?: RequestInit) => Promise<Response> {
  const har = HarFile.open(file);
  return async (request, init) => {
    const started = new Date();
    const requestBody = request.body ? await request.clone().text() : "";
    const response = await fetch(request, init);
    const { method, url, headers: requestHeaders } = request;
    const { status, headers } = response;
    // If it breaks off, the caller reads that, too.
    const body = await response
      .clone()
      .text()
      .catch(() => undefined);
    har.add({ method, url, requestHeaders, requestBody, status, headers, body, started });
    return response;
  };
}

function entryOf({ method, url, requestBody, status, body, started, ...exchange }: Exchange): object {
  const time = Date.now() - started.getTime();
  const headers = [...exchange.headers];
  const mimeType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const requestType = [...exchange.requestHeaders].find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const common = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1, bodySize: -1 };
  return {
    startedDateTime: started.toISOString(),
    time,
    request: {
      ...common,
      method,
      url,
      headers: listOf(exchange.requestHeaders),
      queryString: listOf(new URL(url).searchParams),
      ...(requestBody && { postData: { mimeType: requestType ?? "", text: requestBody } }),
    },
    response: {
      ...common,
      status,
      statusText: "",
      headers: listOf(headers),
      content: { size: body === undefined ? -1 : Buffer.byteLength(body), mimeType, text: body ?? "" },
      redirectURL: "",
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function listOf(pairs: Iterable<readonly [string, string]>): { name: string; value: string }[] {
  return [...pairs].filter(([name]) => !secretHeaders.test(name)).map(([name, value]) => ({ name, value }));
}
