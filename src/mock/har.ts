// Records traffic as HAR, for `npm run verify -- traffic.har` and other tools. The secrets of a request stay out of it.
import { closeSync, openSync, writeSync } from "node:fs";
import { packageName } from "../package-name.js";

/** A request and its response. Bodies are texts. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Iterable<readonly [string, string]>;
  readonly requestBody?: string;
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: string;
  readonly started: Date;
}

const secretHeaders = /^((proxy-)?authorization|(set-)?cookie)$/i;
const end = "\n]}}\n";

/** A HAR file. It is whole after each exchange, however the process ends. */
export class HarFile {
  readonly #file: number;
  #position: number;
  #separator = "\n";

  /** @throws {Error} when the file cannot be written */
  constructor(file: string) {
    this.#file = openSync(file, "w", 0o600);
    const creator = { name: packageName, version: "1" };
    const head = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
    this.#position = writeSync(this.#file, head);
    writeSync(this.#file, end, this.#position);
  }

  add(exchange: Exchange): void {
    const entry = this.#separator + JSON.stringify(entryOf(exchange));
    writeSync(this.#file, entry + end, this.#position);
    this.#position += Buffer.byteLength(entry);
    this.#separator = ",\n";
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * Creates a `fetch` that records each request and its response in a HAR file, without `Authorization` and cookies. The
 * file is overwritten at first, and whole after each response.
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
  const har = new HarFile(file);
  return async (request, init) => {
    const started = new Date();
    const requestBody = request.body ? await request.clone().text() : "";
    const response = await fetch(request, init);
    const { method, url, headers: requestHeaders } = request;
    const { status, headers } = response;
    const body = await response.clone().text();
    har.add({ method, url, requestHeaders, requestBody, status, headers, body, started });
    return response;
  };
}

function entryOf({ method, url, requestBody, status, started, ...exchange }: Exchange): object {
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
      content: { size: Buffer.byteLength(exchange.body), mimeType, text: exchange.body },
      redirectURL: "",
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function listOf(pairs: Iterable<readonly [string, string]>): { name: string; value: string }[] {
  return [...pairs].filter(([name]) => !secretHeaders.test(name)).map(([name, value]) => ({ name, value }));
}
