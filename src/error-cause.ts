// Reads the reason of a failure from a thrown value of any kind.
import { isError, textOf } from "./redact.js";

/**
 * Whether a `fetch` threw this because the network failed: `fetch` itself throws a `TypeError`, and libraries throw errors
 * with a system's code. An error of a class of the caller's own is not a network failure.
 */
export function isNetworkFailure(thrown: unknown): boolean {
  if (!isError(thrown)) return true;
  const code = "code" in thrown ? String(thrown.code) : "";
  const builtIn = ["Error", "TypeError", "DOMException"]; // by name, because each realm has its own
  return builtIn.includes(thrown.constructor.name) || /^(E[A-Z]+|UND_ERR_\w+)$/.test(code);
}

/** The name, message, code and cause of a cause; the text of anything else that was thrown. */
export function causeToJson(cause: unknown, depth = 0): unknown {
  if (cause === undefined || depth > 5) return undefined;
  if (!isError(cause)) return textOf(cause);
  const { name, message } = cause;
  return { name, message, code: "code" in cause ? cause.code : undefined, cause: causeToJson(cause.cause, depth + 1) };
}

/** The first `code` of an error and its causes that is a string. The code of a `DOMException` is a number. */
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
