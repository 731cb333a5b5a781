import { isError, textOf } from "./unknown-value.js";

// Reads the reason of a failure from a thrown value of any kind.

/** The codes of network failures, without those of wrong usage and of aborts. */
const networkCodes = [
  // The system and its name service
  /^E(AI_\w+|CONN\w+|NET(DOWN|RESET|UNREACH)|HOST(DOWN|UNREACH)|ADDR\w+|PIPE|PROTO|NOTCONN|[MN]FILE|NOBUFS)$/,
  /^E((SOCKET)?TIMEDOUT|TIMEOUT|NOTFOUND|NODATA|NONAME|REFUSED|SERVFAIL|BADRESP|FORMERR)$/,
  /^UND_ERR_(\w+_TIMEOUT|\w+_OVERFLOW|SOCKET|INFO|PRX_TLS|RES_CONTENT_LENGTH_MISMATCH)$/, // undici
  /^(HPE|Z)_\w+$|^ERR_(STREAM_PREMATURE_CLOSE|SOCKET_\w+|HTTP2_(GOAWAY_SESSION|\w+_ERROR))$/, // Node.js
  /^ERR_(SSL|TLS)_\w+$|^(\w+_)?(SELF_SIGNED_)?CERT(_\w+)?$|^UNABLE_TO_\w+$|^HOSTNAME_MISMATCH$/, // TLS
  /^ERR_NETWORK$/, // axios
];

/** The messages of network failures whose errors have no code. */
const networkMessages = [
  /^(fetch failed|terminated)$/, // Node.js, undici, Deno
  /^(Fetch failed: |error sending request |error reading a body |Connection reset by peer )/, // Deno
  /^(Network connection lost\.?$|internal error; reference = |Too many redirects)/, // workerd
  /^(Failed to fetch( \(.*\))?|network error)$/, // Chromium
  /^(NetworkError when attempting to fetch resource|Error in input stream)/, // Firefox
  /^(Load failed( \(.*\))?$|The (Internet|network) connection |Could not connect to the server|The request timed out)/, // Safari
  /^A server with the specified hostname /, // Safari
  /^Network request (failed|timed out)/, // React Native, whatwg-fetch
];

/** The names of the errors of Deno's own functions. */
const denoName =
  /^(Connection(Refused|Reset|Aborted)|NotConnected|BrokenPipe|TimedOut|UnexpectedEof|(Network|Host)Unreachable)$/;

/** The types of node-fetch's FetchError. */
const networkType = /^(system|\w+-timeout|max-redirect)$/;

/**
 * Whether a `fetch` threw this because the network failed, as run times and libraries are known to do. Any other error
 * is a bug or the caller's own: an abort, a `TypeError` of the engine, or an error without a code of the network.
 */
export function isNetworkFailure(thrown: unknown): boolean {
  if (!isError(thrown) || thrown.name === "AbortError") return false;
  const { name, message } = thrown;
  const { code, type, path, syscall } = thrown as Error & Readonly<Partial<Record<string, unknown>>>;
  if (name === "FetchError" && networkType.test(String(type))) return true;
  if (typeof code === "string") {
    // Bun has codes of its own, for example ConnectionRefused, and the URL as `path`.
    const isOfFetch = /^https?:/.test(String(path)) || ["connect", "getaddrinfo"].includes(String(syscall));
    return isOfFetch || networkCodes.some((pattern) => pattern.test(code));
  }
  if (denoName.test(name)) return true;
  if (/^(Network|Timeout)Error$/.test(name)) return thrown.constructor.name === "DOMException";
  return /^(Type)?Error$/.test(name) && networkMessages.some((pattern) => pattern.test(message));
}

/** The name, message, code and cause of a cause that is an error; the text of any other value. */
export function causeToJson(cause: unknown, depth = 0): unknown {
  if (cause === undefined || depth > 5) return undefined;
  if (!isError(cause)) return textOf(cause);
  const { name, message } = cause;
  return { name, message, code: "code" in cause ? cause.code : undefined, cause: causeToJson(cause.cause, depth + 1) };
}

/** The first `code` that is a string, of an error and its causes. The code of a `DOMException` is a number. */
export function systemCodeOf(error: unknown, depth = 0): string | undefined {
  if (!isError(error) || depth > 5) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return systemCodeOf(error.cause, depth + 1);
}

/** The message of an error, with that of its cause: `fetch` throws "fetch failed", and only its cause says why. */
export function messageOf(error: unknown): string {
  if (!isError(error)) return textOf(error);
  const { message, cause } = error;
  // When both addresses of a name refuse, the message is empty and there is only the code.
  const reason = isError(cause) && (cause.message || ("code" in cause && cause.code));
  return reason ? `${message} (${reason})` : message;
}
