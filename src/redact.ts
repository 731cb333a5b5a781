// Keeps secrets out of whatever can be printed: a server or a proxy can send a token back, and an error can hold one.

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";

/**
 * What secrets look like: the provider's IAM tokens, cookies, API keys and static keys; private keys; bearer tokens.
 * Each takes time in proportion to the text, which can be as long as a server likes.
 */
const patterns = [
  // One begins a word, or follows an escape: of JSON, as the n in "\nt1.…", or of a URL, as the 20 in "%20t1.…".
  /(?<=^|[\W_]|\\[nrt]|\\u\w{4}|%\w\w)(?:[tc]1\.[\w=.-]{4,}|AQVN[\w-]{4,}|YC[A-Z][\w-]{16,})/g,
  /-----BEGIN [^-]*-----[^"]*?(?:-----END [^-]*-----|(?=")|$)/g,
  /\bbearer [\w.~+/=-]{4,}/gi,
];

/** Redacts secrets by their looks, and these tokens, of 8 characters or more, whatever they look like. */
export function redactor(tokens: Iterable<string> = []): Redact {
  return (text) => {
    // A shorter one than any real token would be cut out of ordinary words. The longest first: one can begin another.
    const known = [...tokens].flatMap((token) => (token.length < 8 ? [] : [token, encodeURIComponent(token)]));
    let safe = text;
    for (const token of known.sort((a, b) => b.length - a.length)) safe = cutOff(safe.replaceAll(token, mark), token);
    return patterns.reduce((rest, pattern) => rest.replace(pattern, mark), safe);
  };
}

/** Redacts a token's beginning at the end of a text, which was cut off in the middle of it. */
function cutOff(text: string, token: string): string {
  for (let length = token.length - 1; length >= 6; length--) {
    if (text.endsWith(token.slice(0, length))) return text.slice(0, -length) + mark;
  }
  return text;
}

/** Redacts every text in a value of JSON; what is nested too deep to be anything of use goes as a whole. */
export function redactJson(value: unknown, redact: Redact, depth = 0): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 100) return mark;
  const safe = (item: unknown): unknown => redactJson(item, redact, depth + 1);
  if (Array.isArray(value)) return value.map(safe);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), safe(item)]));
}

/** What was thrown as a text, even if it cannot be made one. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "something that has no text";
  }
}

/**
 * An error that can be printed: itself when nothing in it has to be hidden, and else a copy of what can be shown. Of
 * another thing that was thrown it is a text.
 */
export function printable(error: unknown, redact: Redact, depth = 0): unknown {
  if (!(error instanceof Error)) return redact(textOf(error));
  try {
    if (isHarmless(error, redact, depth)) return error;
  } catch {} // a field that throws when it is read
  const cause = error.cause !== undefined && depth < 5 ? { cause: printable(error.cause, redact, depth + 1) } : {};
  const copy = new Error(redact(error.message), cause);
  copy.name = redact(error.name);
  copy.stack = redact(error.stack ?? "");
  return copy;
}

/** Where Node.js looks for a way to print a value of its own. */
const inspectKey = Symbol.for("nodejs.util.inspect.custom");

/** Whether nothing in this value has to be hidden. What it cannot look into, it does not trust. */
function isHarmless(value: unknown, redact: Redact, depth: number): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  const isError = value instanceof Error;
  const isPlain = isError
    ? value.toString === Error.prototype.toString && !("toJSON" in value) && !(inspectKey in value)
    : Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || depth > 5) return false;
  // Own or not: a DOMException has its message from its prototype.
  const texts = isError ? [value.name, value.message, value.stack] : [];
  const fields = Reflect.ownKeys(value).map((key): unknown => Reflect.get(value, key));
  return [...texts, ...fields].every((field) => isHarmless(field, redact, depth + 1));
}
