import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { onTestFinished } from "vitest";

/** Responds to a request; `index` counts the requests from 0. */
export type Handler = (request: IncomingMessage, response: ServerResponse, index: number) => unknown;

export interface TestServer {
  readonly url: string;
  /** The requests so far, in the order in which they came. */
  readonly requests: readonly IncomingMessage[];
  /** The query of each request so far. */
  readonly queries: readonly Record<string, string>[];
}

/** A real HTTP server, for responses that Prism cannot send. It ends with the test. */
export async function serve(handler: Handler): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  // It never ends a connection that a client may be about to use again.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) =>
    handler(request, response, requests.push(request) - 1),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get queries() {
      return requests.map(({ url }) => Object.fromEntries(new URL(url ?? "", "http://test").searchParams));
    },
  };
}

/**
 * A URL where connections are refused, and a function that gives it up. A port that was only set free could be taken by
 * another test's server; so this one is held by the near end of a connection, where nothing listens.
 */
export async function refusing(): Promise<{ url: string; close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  const close = (): void => {
    socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${socket.localPort}`, close };
}

/** A URL where connections are refused until the test ends. */
export async function refusedUrl(): Promise<string> {
  const { url, close } = await refusing();
  onTestFinished(close);
  return url;
}

/** Responds with these bodies one after the other, as JSON, and then with 500. */
export function pages(...bodies: readonly unknown[]): Handler {
  return (_request, response, index) => {
    if (index < bodies.length) respond(response, 200, bodies[index]);
    else respond(response, 500, { code: 13, message: "No page is left" });
  };
}

/** Sends a response. A body that is a string is sent as it is, and any other as JSON. */
export function respond(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string | string[]> = { "content-type": "application/json" },
): void {
  response.writeHead(status, headers);
  response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
}
