// Redacts secrets in errors: a server or a proxy can send a token back, and an error can contain one.

/** Replaces secrets in a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";

/**
 * What secrets look like: the provider's IAM tokens, OAuth tokens, cookies, API keys and static keys; JSON Web Tokens;
 * `Bearer` and `Basic` credentials; private keys. It takes time in proportion to the text, which can be as long as a
 * server likes. A secret begins a word, or follows an escape: of JSON, as the n in "\nt1.…", or of a URL, as the 20 in
 * "%20t1.…". No match has a quote or its escape in it, so JSON stays JSON.
 */
const secret =
  /(?<=^|[\W_]|\\[bfnrt]|\\u\w{4}|%\w\w)(?:[tc]1\.[\w=.-]{4,}|y[0-3]_[\w-]{16,}|eyJ[\w-]{4,}\.[\w.-]*|AQVN[\w-]{4,}|YC[A-Z][\w-]{16,}|(?:[Bb][Ee][Aa][Rr][Ee][Rr]|[Bb][Aa][Ss][Ii][Cc]) (?!---)[\w.~+/=-]{4,})|-----BEGIN [^-"]*-----[^"]*?(?:-----END [^-"]*-----|(?=\\?")|$)/g;

/**
 * Creates a function that redacts these tokens, and what looks like a secret. A token of less than 8 characters would be
 * cut out of ordinary words and is left alone. Each run of 16 or more word characters of a token is redacted by itself:
 * no escape changes these. A token without such a run is found as it is, and as JSON has it.
 *
 * @param tokens read at each call, so that tokens can be added later
 */
export function redactor(tokens: readonly string[] = []): Redact {
  return (text) =>
    [...new Set(tokens)]
      .flatMap((token) => [token, JSON.stringify(token).slice(1, -1), ...(token.match(/\w{16,}/g) ?? [])])
      .filter(({ length }) => length >= 8)
      .sort((a, b) => b.length - a.length) // one token can begin another
      .reduce((rest, token) => rest.replaceAll(token, mark), text)
      .replace(secret, mark);
}

/**
 * Redacts all texts and property names in a JSON value. A value that is nested too deep for `JSON.stringify` is replaced
 * as a whole.
 */
export function redactJson(value: unknown, redact: Redact): unknown {
  try {
    return JSON.parse(redact(JSON.stringify(value)));
  } catch {
    return mark;
  }
}

/** Whether a value is an error, of this realm or another: in Jest, `fetch` throws errors of another one. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || /^\[object (Error|DOMException)\]$/.test(Object.prototype.toString.call(value));
}

/** Converts a thrown value to a text, even if it has no way to do so. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "something that has no text";
  }
}

/**
 * Redacts an error. Returns the error itself when it holds no secret, and else a copy without its other fields. Any
 * other thrown value is converted to a text.
 */
export function redactError(error: unknown, redact: Redact, depth = 0): unknown {
  if (!isError(error) || depth > 5) return redact(textOf(error));
  if (isHarmless(error, redact)) return error;
  const { name, message, stack, cause } = error;
  const copy = new Error(redact(message), cause ? { cause: redactError(cause, redact, depth + 1) } : {});
  const code = "code" in error && typeof error.code === "string" ? { code: redact(error.code) } : {};
  return Object.assign(copy, { name: redact(name), stack: redact(stack ?? ""), ...code });
}

/** The key of a custom `util.inspect` function. */
const inspectKey = Symbol.for("nodejs.util.inspect.custom");

/** Whether nothing that a printer would find is a secret. False for what cannot be inspected. */
function isHarmless(value: unknown, redact: Redact, depth = 0): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (Object(value) !== value) return true;
  try {
    const isKnown =
      value instanceof Error
        ? value.toString === Error.prototype.toString
        : [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
    const holder = value as Readonly<Record<PropertyKey, unknown>>;
    if (!isKnown || depth > 5 || inspectKey in holder) return false;
    if (typeof holder["toJSON"] === "function" && !isHarmless(holder["toJSON"](), redact, depth + 1)) return false;
    // A DOMException has its message from its prototype.
    const fields = ["name", "message", "stack", ...Reflect.ownKeys(holder)].map((key) => holder[key]);
    return fields.every((field) => isHarmless(field, redact, depth + 1));
  } catch {
    return false; // a field that throws when it is read
  }
}
