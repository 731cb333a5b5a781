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

/** Redacts secrets by their looks, and these tokens whatever they look like. */
export function redactor(tokens: Iterable<string> = []): Redact {
  return (text) => {
    let safe = text;
    // A shorter one than any real token would be cut out of ordinary words.
    for (const token of tokens) if (token.length >= 8) safe = safe.replaceAll(token, mark);
    return patterns.reduce((rest, pattern) => rest.replace(pattern, mark), safe);
  };
}

/** Redacts every text in a value of JSON. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactJson(item, redact)]));
}

/**
 * An error that can be printed: itself when nothing in it has to be hidden, and else a copy of what can be shown. Of
 * another thing that was thrown it is a text.
 */
export function printable(error: unknown, redact: Redact, depth = 0): unknown {
  if (!(error instanceof Error)) return redact(String(error));
  if (isHarmless(error, redact, depth)) return error;
  const cause = error.cause !== undefined && depth < 5 ? { cause: printable(error.cause, redact, depth + 1) } : {};
  const copy = new Error(redact(error.message), cause);
  copy.name = redact(error.name);
  copy.stack = redact(error.stack ?? "");
  return copy;
}

/** Whether nothing in this value has to be hidden. What it cannot look into, it does not trust. */
function isHarmless(value: unknown, redact: Redact, depth: number): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  const isError = value instanceof Error;
  const isPlain = isError || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || depth > 5) return false;
  // Own or not: a DOMException has its message from its prototype.
  const texts = isError ? [value.name, value.message, value.stack] : [];
  const fields = Reflect.ownKeys(value).map((key): unknown => Reflect.get(value, key));
  return [...texts, ...fields].every((field) => isHarmless(field, redact, depth + 1));
}
