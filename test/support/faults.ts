// Faults of connections and bodies, which only the tests of the client need, see fault-server.ts. Users get those of src/mock/faults.ts.
import type { IncomingMessage, ServerResponse } from "node:http";
import { respond } from "./server.js";

/** The exchange that a fault breaks. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The page that a good server would send. */
  readonly page: unknown;
  /** Lets the client's timeout run out. */
  readonly expire: () => void;
  /** The same path on another origin, which responds with the page. */
  readonly elsewhere: string;
}

/**
 * How the client must get on after a fault: `retry` sends the request again and, should it go on, throws the class;
 * `refresh` does so once, with a new token; `final` throws the class at once; `accept` takes the page.
 */
export interface Fault {
  readonly does: string;
  readonly right: "retry" | "refresh" | "final" | "accept";
  readonly error?: "ApiError" | "ConnectionError" | "InvalidResponseError";
  readonly serve: (exchange: Exchange) => void;
}

const json = { "content-type": "application/json" };

const connection = (does: string, serve: Fault["serve"]): Fault => ({
  does,
  right: "retry",
  error: "ConnectionError",
  serve,
});

const invalid = (does: string, body: string, headers: Record<string, string> = json, code = 200): Fault => ({
  does: `responds with ${code}${does && ` and ${does}`}`,
  right: "final",
  error: "InvalidResponseError",
  serve: ({ response }) => respond(response, code, body || undefined, headers),
});

const status = (
  code: number,
  right: Fault["right"],
  grpcCode: number,
  retryAfter?: () => string | string[],
): Fault => ({
  does: `responds with ${code}`,
  right,
  error: "ApiError",
  serve: ({ response }) => {
    respond(
      response,
      code,
      { code: grpcCode, message: "fault" },
      { ...json, ...(retryAfter && { "retry-after": retryAfter() }) },
    );
  },
});

/** A 503 that asks for a wait. */
const waiting = (does: string, right: Fault["right"], retryAfter: () => string | string[]): Fault => ({
  ...status(503, right, 14, retryAfter),
  does: `responds with 503 and a Retry-After ${does}`,
});

const inSeconds = (seconds: number) => () => new Date(Date.now() + seconds * 1000).toUTCString();

/** Each way in which a server, or the network before it, has been seen to fail. */
export const faults = {
  refused: connection("refuses the connection", () => {}),
  resetBeforeHeaders: connection("resets the connection before it responds", ({ request }) =>
    request.socket.resetAndDestroy(),
  ),
  closedBeforeHeaders: connection("closes the connection before it responds", ({ request }) =>
    request.socket.destroy(),
  ),
  resetInBody: connection("resets the connection in the middle of the body", ({ response, page }) => {
    response.writeHead(200, json);
    response.write(JSON.stringify(page).slice(0, 9), () => setImmediate(() => response.socket?.resetAndDestroy()));
  }),
  contentLengthTooLong: connection(
    "announces more bytes than it sends, and closes the connection",
    ({ response, page }) => {
      const body = JSON.stringify(page);
      response.writeHead(200, { ...json, "content-length": `${body.length + 100}` });
      response.write(body, () => setImmediate(() => response.socket?.destroy()));
    },
  ),
  stalledHeaders: connection("takes the request and never responds", ({ expire }) => setImmediate(expire)),
  stalledBody: connection("stops in the middle of the body", ({ response, page, expire }) => {
    response.writeHead(200, json);
    response.write(JSON.stringify(page).slice(0, 9), () => setImmediate(expire));
  }),
  slowDrip: connection("sends a byte now and then", ({ response, expire }) => {
    response.writeHead(200, json);
    let count = 0;
    const drip = setInterval(() => {
      response.write(" ");
      if (++count < 5) return;
      clearInterval(drip); // a second time would be the next attempt's
      expire();
    }, 1);
    response.on("close", () => clearInterval(drip));
  }),
  stalledErrorBody: connection("responds with 503 and stops in the middle of its body", ({ response, expire }) => {
    response.writeHead(503, json);
    response.write("{", () => setImmediate(expire));
  }),
  badGzip: connection("sends gzip that does not unpack", ({ response }) => {
    respond(response, 200, "this is not gzip", { ...json, "content-encoding": "gzip" });
  }),
  redirectLoop: connection("redirects to itself for ever", ({ request, response }) => {
    respond(response, 307, undefined, { location: request.url ?? "" });
  }),
  redirectNowhere: connection("redirects to a text that is not a URL", ({ response }) => {
    respond(response, 307, undefined, { location: "http://[::1" });
  }),

  requestTimeout: status(408, "retry", 4),
  tooManyRequests: status(429, "retry", 8),
  internalServerError: status(500, "retry", 13),
  badGateway: {
    ...status(502, "retry", 0),
    does: "responds with 502 and HTML",
    serve: ({ response }) => respond(response, 502, "<html>bad</html>", { "content-type": "text/html" }),
  },
  serviceUnavailable: status(503, "retry", 14),
  gatewayTimeout: status(504, "retry", 4),
  emptyError: {
    ...status(500, "retry", 0),
    does: "responds with 500 and an empty body",
    serve: ({ response }) => respond(response, 500, undefined, { "content-length": "0" }),
  },
  cutError: {
    ...status(503, "retry", 0),
    does: "responds with 503 and resets the connection in the middle of its body",
    serve: ({ response }) => {
      response.writeHead(503, json);
      response.write("{", () => setImmediate(() => response.socket?.resetAndDestroy()));
    },
  },
  badGzipError: {
    ...status(403, "final", 0),
    does: "responds with 403 and gzip that does not unpack",
    serve: ({ response }) => respond(response, 403, "this is not gzip", { ...json, "content-encoding": "gzip" }),
  },
  retryAfterSeconds: waiting("of 2 seconds", "retry", () => "2"),
  retryAfterDecimal: waiting("of 1.5 seconds", "retry", () => "1.5"),
  retryAfterTwice: waiting("of 1 second and another of 2", "retry", () => ["1", "2"]),
  retryAfterDate: waiting("that is a date 30 seconds ahead", "retry", inSeconds(30)),
  retryAfterPast: waiting("that is a date in the past", "retry", inSeconds(-30)),
  retryAfterNegative: waiting("of -5", "retry", () => "-5"),
  retryAfterGarbage: waiting("of 1.5e3 apples", "retry", () => "1.5e3 apples"),
  retryAfterTooLong: waiting("of a day", "final", () => "86400"),

  badRequest: status(400, "final", 3),
  unauthorized: status(401, "refresh", 16),
  forbidden: status(403, "final", 7),
  notFound: status(404, "final", 5),
  conflict: status(409, "final", 10),
  notImplemented: status(501, "final", 12),
  unknownStatus: status(999, "final", 2),

  html: invalid("HTML", "<html>Sign in</html>", { "content-type": "text/html" }),
  cutJson: invalid("JSON that is cut off", '{"backups":[{"id":"1'),
  contentLengthTooShort: invalid("a Content-Length that cuts its JSON off", '{"b', {
    ...json,
    "content-length": "3",
  }),
  emptyBody: invalid("an empty body", ""),
  noContent: invalid("", "", {}, 204),
  accepted: invalid("a page", '{"backups":[]}', json, 202),
  partialContent: invalid("a part of the page", '{"backups":[]}', { ...json, "content-range": "bytes 0-13/90" }, 206),
  nullBody: invalid("null", "null"),
  array: invalid("an array", "[]"),
  itemsNotAList: invalid("backups that is not a list", '{"backups":{}}'),
  tokenNotAString: invalid("a nextPageToken that is not a string", '{"nextPageToken":5}'),
  failureBody: invalid("the body of an error", '{"code":16,"message":"The token has expired","error":{}}'),
  failureEnvelope: invalid("an error in a field, as gateways send it", '{"error":{"code":7,"message":"x"}}'),
  itemNull: invalid("an item that is null", '{"backups":[{"id":"1"},null]}'),
  itemNumber: invalid("an item that is a number", '{"backups":[5]}'),
  itemWithoutId: invalid("an item without its id", '{"backups":[{"folderId":"f"}]}'),
  itemIdNumber: invalid("an item whose id is a number", '{"backups":[{"id":5}]}'),
  tokenOfTheCaller: {
    does: "responds with 200 and the caller's own token as nextPageToken",
    right: "final",
    error: "InvalidResponseError",
    serve: ({ request, response }) =>
      respond(response, 200, { nextPageToken: request.headers.authorization?.replace("Bearer ", "") }),
  },
  tooLarge: {
    does: "responds with 200 and an endless body",
    right: "final",
    error: "InvalidResponseError",
    serve: ({ response }) => {
      response.writeHead(200, json);
      const chunk = " ".repeat(2 ** 16);
      const flood = setInterval(() => response.write(chunk), 0);
      response.on("close", () => clearInterval(flood));
    },
  },

  wrongContentType: {
    does: "responds with the page as text/plain",
    right: "accept",
    serve: ({ response, page }) => respond(response, 200, JSON.stringify(page), { "content-type": "text/plain" }),
  },
  redirectElsewhere: {
    does: "redirects to another origin, which must not get the token",
    right: "accept",
    serve: ({ response, elsewhere }) => respond(response, 307, undefined, { location: elsewhere }),
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
