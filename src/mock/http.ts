import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Answer, Request } from "./prism.js";

/** A server that is listening. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves on 127.0.0.1, and keeps no process alive that has nothing else to do. Prism has a server too, but that one
 * cannot be closed while a client keeps a connection open.
 *
 * @throws {Error} naming the port when it is taken
 */
export async function serve(answer: (request: Request) => Promise<Answer>, port: number): Promise<Listening> {
  const server = createServer(async (request, response) => {
    send(response, await read(request).then(answer).catch(failure));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(new Error(`The mock server cannot listen on port ${port}: ${cause.message}`, { cause }));
    });
    // 127.0.0.1 and not localhost, which is ::1 on some machines: another server could be there.
    server.listen(port, "127.0.0.1", resolve);
  });
  // A client that sends its next request just as a connection is closed for being idle would see it fail.
  server.keepAliveTimeout = 0;
  server.unref().on("connection", (socket) => socket.unref());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Request> {
  const { pathname, searchParams } = new URL(`http://127.0.0.1${request.url}`);
  const query = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return {
    method: (request.method ?? "GET").toLowerCase() as Request["method"],
    url: { path: pathname, query: Object.fromEntries(query) },
    headers: request.headers as Record<string, string>,
    body: parse(await text(request), request.headers["content-type"]),
  };
}

/** As JSON where that is what it says it is; what cannot be parsed is for Prism to refuse. */
function parse(body: string, contentType = ""): unknown {
  if (body === "") return null;
  try {
    return isJson(contentType) ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

function send(response: ServerResponse, { statusCode, headers = {}, body }: Answer): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== null) response.setHeader(name, value); // null is how Prism says that it has no example
  }
  const isText = typeof body === "string" && !isJson(String(response.getHeader("content-type")));
  const bytes = Buffer.from(body === undefined ? "" : isText ? body : JSON.stringify(body));
  response.setHeader("content-length", bytes.length); // not what a proxied answer said of its own bytes
  response.writeHead(statusCode).end(bytes);
}

/** Of a URL that cannot be decoded, or of the mock itself. */
function failure(error: unknown): Answer {
  const statusCode = error instanceof URIError ? 400 : 500;
  return { statusCode, headers: { "content-type": "text/plain" }, body: String(error) };
}

function isJson(contentType: string): boolean {
  return /^application\/([^;]+\+)?json\b/i.test(contentType);
}
