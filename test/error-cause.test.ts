import { expect, test } from "vitest";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { reasonOf } from "./support/promises.js";

/** An error with fields, as run times and libraries make it. */
const failure = (fields: object = {}, message = "fetch failed", ErrorClass: ErrorConstructor = TypeError): Error =>
  Object.assign(new ErrorClass(message), fields);
const named = (name: string, fields: object = {}, message = "failed"): Error =>
  Object.defineProperty(failure(fields, message, Error), "name", { value: name });
const withCode = (code: string, fields: object = {}): Error => failure({ code, ...fields }, "x", Error);
const bun = (code: string): Error => failure({ code, path: "http://h/", errno: 0 }, `${code}: Unable to connect`);

const codes =
  "ECONNREFUSED ECONNRESET ECONNABORTED ENOTFOUND EAI_AGAIN EAI_NODATA ETIMEDOUT ESOCKETTIMEDOUT EPIPE EPROTO EHOSTUNREACH " +
  "ENETUNREACH ENETDOWN EADDRNOTAVAIL EMFILE ETIMEOUT ESERVFAIL UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT " +
  "UND_ERR_BODY_TIMEOUT UND_ERR_HEADERS_OVERFLOW HPE_INVALID_CONSTANT Z_DATA_ERROR ERR_SSL_WRONG_VERSION_NUMBER " +
  "ERR_TLS_CERT_ALTNAME_INVALID CERT_HAS_EXPIRED CERT_NOT_YET_VALID DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN " +
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_STREAM_PREMATURE_CLOSE ERR_HTTP2_STREAM_ERROR ERR_NETWORK";

/** Errors that each run time was seen to throw when a connection was refused, reset, closed, or of another protocol. */
const ofTheNetwork: readonly (readonly [string, Error])[] = [
  ...codes.split(" ").map((code) => [code, withCode(code)] as const),
  ["Node.js and undici", failure()],
  ["undici, in the body", failure({}, "terminated")],
  ["Node.js, a firewall", withCode("EACCES", { syscall: "connect" })],
  ["node-fetch", named("FetchError", { type: "system", code: "ECONNREFUSED", errno: "ECONNREFUSED" })],
  ["node-fetch, TLS", named("FetchError", { type: "system", code: "SOME_NEW_CODE" })],
  ["node-fetch, redirects", named("FetchError", { type: "max-redirect" })],
  ["node-fetch 2, a timeout", named("FetchError", { type: "request-timeout" })],
  ["axios", named("AxiosError", { code: "ERR_NETWORK", isAxiosError: true })],
  ...["ECONNREFUSED", "ConnectionRefused", "ConnectionClosed", "FailedToOpenSocket", "Malformed_HTTP_Response"].map(
    (code) => [`Bun, ${code}`, bun(code)] as const,
  ),
  ["Bun, redirects", bun("TooManyRedirects")],
  ["Deno", failure({}, "error sending request for url (http://h/): client error (Connect)")],
  ["Deno, redirects", failure({}, "Fetch failed: Maximum number of redirects (20) reached")],
  ["Deno, in the body", failure({}, "error reading a body from connection")],
  ["Deno.connect", named("ConnectionReset")],
  ["workerd", failure({ retryable: true }, "Network connection lost.", Error)],
  ["workerd, as documented", failure({}, "Network connection lost", Error)],
  ["workerd, an unknown host", failure({}, "internal error; reference = 0rotkd9h377rgtjsegbgkjbb", Error)],
  ["workerd, redirects", failure({}, "Too many redirects.http://h/loop, http://h/loop")],
  ["Chromium", failure({}, "Failed to fetch")],
  ["Chromium, with the host", failure({}, "Failed to fetch (h.example)")],
  ["Chromium, in the body", failure({}, "network error")],
  ["Firefox", failure({}, "NetworkError when attempting to fetch resource.")],
  ["Safari", failure({}, "Load failed")],
  ["Safari 16", failure({}, "The Internet connection appears to be offline.")],
  ["Safari, lost", failure({}, "The network connection was lost.")],
  ["React Native", failure({}, "Network request failed")],
  ["AbortSignal.timeout()", new DOMException("The operation timed out.", "TimeoutError")],
  ["WebKit's DOMException", new DOMException(" A network error occurred.", "NetworkError")],
];

const engine = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};
const missing = null as unknown as Request;

/** Errors of the caller, of an engine or of wrong usage. */
const ofTheCaller: readonly (readonly [string, unknown])[] = [
  ["an Error", new Error("the job's budget is used up")],
  ["an Error with a cause of the network", new Error("given up", { cause: withCode("ECONNRESET") })],
  ["an abort of its own", new DOMException("shutting down", "AbortError")],
  ["an abort of Node.js", named("AbortError", { code: "ABORT_ERR" })],
  ["an abort of undici", named("AbortError", { code: "UND_ERR_ABORTED" })],
  ["an abort of node-fetch", named("AbortError", { type: "aborted" })],
  ["a bug: a property of null", engine(() => missing.headers)],
  ["a bug: a call of null", engine(() => (missing as unknown as () => void)())],
  ["a bug: an unknown name", new ReferenceError("retries is not defined")],
  ["a bug: wrong usage of fetch", failure({}, "RequestInit: duplex option is required when sending a body.")],
  ["a bug: a module that does not load", failure({}, "Failed to fetch dynamically imported module: http://h/x.js")],
  ["a RangeError", new RangeError("Maximum call stack size exceeded")],
  ["a SyntaxError", new SyntaxError("Unexpected end of JSON input")],
  ["a timeout of the caller's own class", named("TimeoutError")],
  ["a file that is missing", withCode("ENOENT", { syscall: "open", path: "/ca.pem" })],
  ["a file that may not be read", withCode("EACCES", { syscall: "open", path: "/ca.pem" })],
  ["wrong usage of undici", withCode("UND_ERR_INVALID_ARG")],
  ["an agent that was closed", withCode("UND_ERR_CLOSED")],
  ["wrong usage of Node.js", withCode("ERR_INVALID_ARG_TYPE")],
  ["an error of axios for a status", named("AxiosError", { code: "ERR_BAD_REQUEST" })],
  ["an error with a code of the caller's", withCode("QUOTA")],
  ["an error with a number as its code", withCode(7 as unknown as string)],
  ["a text", "ECONNRESET"],
  ["an object", { code: "ECONNRESET" }],
];

/** Lists with a `fetch` that throws this, or whose response does when it is read. */
async function list(thrown: unknown, isInBody: boolean): Promise<{ error: unknown; sent: number }> {
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    if (!isInBody) throw thrown;
    return new Response(new ReadableStream({ pull: (controller) => controller.error(thrown) }));
  };
  const client = createClient({ token: "t", fetch, retry: { minDelay: 0 } });
  const error = await reasonOf(listBackups(client, { clusterId }).toArray());
  return { error, sent };
}

test.each(ofTheNetwork)("a request is sent again after an error of the network: %s", async (_, thrown) => {
  for (const isInBody of [false, true]) {
    const { error, sent } = await list(thrown, isInBody);
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 4, cause: thrown });
    expect(sent).toBe(4);
  }
});

test.each(ofTheCaller)(
  "an error from a fetch or a body that is not of the network is rethrown at once: %s",
  async (_, thrown) => {
    for (const isInBody of [false, true]) expect(await list(thrown, isInBody)).toEqual({ error: thrown, sent: 1 });
  },
);
