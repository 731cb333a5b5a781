import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { HttpRequest, HttpResponse } from "./prism.js";

/** A server that is listening. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves on 127.0.0.1, without keeping the process alive. Prism has a server too, but that one cannot be closed while a
 * client keeps a connection open.
 *
 * @throws {Error} naming the port when it is taken
 */
export async function serve(
  respond: (request: HttpRequest) => Promise<HttpResponse>,
  port: number,
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    try {
      if (!allowOrigins(request, response)) send(response, await respond(await read(request)));
    } catch (error) {
      send(response, { statusCode: 500, headers: { "content-type": "text/plain" }, body: String(error) });
    }
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

/** Lets the pages of any origin use the server, as Prism does. Returns whether this was all that the request was for. */
function allowOrigins({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  const requested = headers["access-control-request-method"];
  response.setHeader("Access-Control-Allow-Origin", headers.origin ?? "*");
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Allow-Headers", headers["access-control-request-headers"] ?? "*");
  response.setHeader("Access-Control-Expose-Headers", "*");
  response.setHeader("Vary", "Origin");
  if (method !== "OPTIONS" || headers.origin === undefined || requested === undefined) return false;
  response.setHeader("Access-Control-Allow-Methods", requested);
  response.writeHead(204).end();
  return true;
}

async function read(request: IncomingMessage): Promise<HttpRequest> {
  // Not by URL, which resolves dot segments: the request would be for another path.
  const [path = "", ...search] = originForm(request.url ?? "").split("?");
  const parameters = new URLSearchParams(search.join("?"));
  const query = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  const body = await text(request);
  const { authorization } = request.headers;
  return {
    method: (request.method ?? "GET").toLowerCase() as HttpRequest["method"],
    url: { path, query: Object.fromEntries(query) },
    headers: {
      ...(request.headers as Record<string, string>),
      ...(authorization !== undefined && { authorization: withScheme(authorization) }),
      // Without a length, as in chunks, Prism does not look at the type of the body.
      "content-length": String(Buffer.byteLength(body)),
    },
    body: parse(body, request.headers["content-type"]),
  };
}

/** The path and the query of a target that has an origin, too, as clients of a proxy send it. */
function originForm(target: string): string {
  const [origin] = /^https?:\/\/[^/?#]*/i.exec(target) ?? [];
  return origin === undefined ? target : target.slice(origin.length).replace(/^(?!\/)/, "/");
}

/** Schemes are case-insensitive, but to Prism. */
function withScheme(authorization: string): string {
  return authorization.replace(/^(b)(earer|asic)(?= )/i, (_, first, rest) => first.toUpperCase() + rest.toLowerCase());
}

/** Parses JSON. Prism rejects a text that cannot be parsed. */
function parse(body: string, contentType = ""): unknown {
  if (body === "") return null;
  try {
    return isJson(contentType) ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

function send(response: ServerResponse, { statusCode, headers = {}, body }: HttpResponse): void {
  // This server decides how the body is sent, not an example.
  const ownHeaders = /^(connection|content-encoding|content-length|transfer-encoding)$/i;
  for (const [name, value] of Object.entries(headers)) if (!ownHeaders.test(name)) response.setHeader(name, value);
  const isText = typeof body === "string" && !isJson(String(response.getHeader("content-type")));
  const bytes = Buffer.from(body === undefined ? "" : isText ? body : JSON.stringify(body));
  const hasBody = statusCode !== 204 && statusCode !== 304;
  if (hasBody) response.setHeader("content-length", bytes.length);
  response.writeHead(statusCode).end(hasBody ? bytes : undefined);
}

function isJson(contentType: string): boolean {
  return /^application\/([^;]+\+)?json\b/i.test(contentType);
}
