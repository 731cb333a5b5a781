// Redacts secrets in errors: a server or a proxy can send a token back, and an error can contain one.
import { isError, textOf } from "./unknown-value.js";

/** Replaces secrets in a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";

/** A private key in PEM, also when its end is missing. */
const pem = /-----BEGIN [^-"]*-----[^"]*?(?:-----END [^-"]*-----|(?=\\?")|$)/g;

/** A secret begins a word, or follows an escape: of JSON, as the n in "\nt1.…", or of a URL, as the 20 in "%20t1.…". */
const start = /(?<=^|[\W_]|\\[bfnrt]|\\u\w{4}|%\w\w)/.source;

/** The rest of a host name, after a label and a dot. Its labels begin with a letter, and have no capitals. */
const host = /(?:[a-z][a-z\d-]{0,30}\.){1,6}[a-z]{2,10}(?![\w~+/=-]|\.\w)/.source;

/** The words that follow `Bearer` or `Basic` in a sentence: one of these words, or any word and another. */
const word =
  /(?:[Tt]okens?|[Aa]uth[a-z]*|[Cc]redentials?|[Rr]ealm|[Ss]cheme|[Hh]eader|[Pp]refix|[Aa]ccess|[Ee]rror)(?![\w~+/-]|[.=]\w)|[A-Za-z][a-z]{0,19} [A-Za-z]/
    .source;

/**
 * The forms of secrets other than JSON Web Tokens: the provider's IAM tokens, cookies, OAuth tokens, API keys and
 * static keys; `Bearer` and `Basic` credentials. No match has a quote or its escape in it, so JSON stays JSON.
 */
const others = [
  `[tc]1\\.(?!${host})[\\w=.-]{4,}`,
  /(?:y[0-3]_|A[gQ]AAAA)[\w-]{16,}/.source,
  /AQVN[\w-]{4,}/.source,
  /YC[A-Z][\w-]{16,}/.source,
  `[Bb](?:[Ee][Aa][Rr][Ee][Rr]|[Aa][Ss][Ii][Cc]) (?!${word}|${host})[\\w.~+/=-]{4,}`,
].join("|");

const secret = new RegExp(`${start}(?:${others}|eyJ[\\w.-]{4,})`, "g");
const otherSecret = new RegExp(`${start}(?:${others})`, "g");

/**
 * Redacts what looks like a secret, in linear time: a pattern matches all that it reads, or reads a limited length. A
 * text that begins like a JSON Web Token is matched to its end, and tested then.
 */
function redactLooks(text: string): string {
  return text.replace(pem, mark).replace(secret, (match) => {
    const isOther = match.startsWith("eyJ") && !/^eyJ[\w-]{4,}\./.test(match);
    return isOther ? match.replace(otherSecret, mark) : mark;
  });
}

/**
 * Creates a function that redacts these tokens, and texts that look like secrets. A token of less than 8 characters
 * would be cut out of ordinary words and is left alone. Each run of 16 or more word characters of a token is redacted
 * by itself: no escape changes these. A token without such a run is found as it is, and as JSON has it.
 *
 * @param tokens read at each call, so that tokens can be added later
 */
export function redactor(tokens: readonly string[] = []): Redact {
  return (text) => {
    const rest = [...new Set(tokens)]
      .flatMap((token) => [token, JSON.stringify(token).slice(1, -1), ...(token.match(/\w{16,}/g) ?? [])])
      .filter(({ length }) => length >= 8)
      .sort((a, b) => b.length - a.length) // one token can begin another
      .reduce((rest, token) => rest.replaceAll(token, mark), text);
    return redactLooks(rest);
  };
}

/** The longest secret that can be cut in two, in characters: as much as a server takes in a header. */
const maxSecretLength = 2 ** 14;

/**
 * Redacts the beginning of a text that can be of any length. The text is cut first, because to redact it all takes
 * long; half a secret at the cut is left out.
 *
 * @param limit how many characters are returned at the most
 */
export function redactStart(text: string, limit: number, redact: Redact): string {
  const length = limit + 2 * maxSecretLength;
  if (text.length <= length) return redact(text).slice(0, limit);
  const beginning = redact(text.slice(0, length));
  return beginning.slice(0, Math.max(0, beginning.length - maxSecretLength)).slice(0, limit);
}

/** The longest JSON text that is redacted as a whole, in characters. A failure of which more was received is cut before. */
const maxJsonLength = 2 ** 16;

/**
 * Redacts all texts and property names in a JSON value. A value that is too long, or nested too deep, is replaced as a whole.
 */
export function redactJson(value: unknown, redact: Redact): unknown {
  const text = jsonOf(value);
  try {
    return text.length > maxJsonLength ? mark : JSON.parse(redact(text));
  } catch {
    return mark;
  }
}

/** The JSON text of a value; a mark when it is nested too deep for that. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return mark;
  }
}

/**
 * Redacts an error. Returns the error itself when it holds no secret, otherwise a copy without its other fields. Any
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

/** Whether a printer would find no secret in a value. False when the value cannot be inspected. */
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
