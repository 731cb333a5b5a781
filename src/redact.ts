// Keeps secrets out of whatever can be printed: a server or a proxy can send a token back, and an error can hold one.

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";

/**
 * What secrets look like: the provider's IAM tokens, cookies, API keys and static keys; bearer tokens; private keys. It
 * takes time in proportion to the text, which can be as long as a server likes. A key begins a word, or follows an
 * escape: of JSON, as the n in "\nt1.…", or of a URL, as the 20 in "%20t1.…". None takes a quote or its escape, so JSON stays JSON.
 */
const secret =
  /(?<=^|[\W_]|\\[bfnrt]|\\u\w{4}|%\w\w)(?:[tc]1\.[\w=.-]{4,}|AQVN[\w-]{4,}|YC[A-Z][\w-]{16,}|(?:[Bb]earer|BEARER) (?!---)[\w.~+/=-]{4,})|-----BEGIN [^-"]*-----[^"]*?(?:-----END [^-"]*-----|(?=\\?")|$)/g;

/** Redacts secrets by their looks, and these tokens, of 8 characters or more, whatever they look like. */
export function redactor(tokens: readonly string[] = []): Redact {
  return (text) =>
    [...new Set(tokens.flatMap((token) => [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]))]
      // A shorter one than any real token would be cut out of ordinary words. The longest first: one can begin another.
      .filter(({ length }) => length > 7)
      .sort((a, b) => b.length - a.length)
      .reduce((rest, token) => rest.replaceAll(token, mark), text)
      .replace(secret, mark);
}

/** Redacts every text in a value of JSON. What is nested some thousand levels deep, or is no JSON any more then, goes as a whole. */
export function redactJson(value: unknown, redact: Redact): unknown {
  try {
    return JSON.parse(redact(JSON.stringify(value)));
  } catch {
    return mark;
  }
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
  if (!(error instanceof Error) || depth > 5) return redact(textOf(error));
  if (isHarmless(error, redact)) return error;
  const { name, message, stack, cause } = error;
  const copy = new Error(redact(message), cause ? { cause: printable(cause, redact, depth + 1) } : {});
  return Object.assign(copy, { name: redact(name), stack: redact(stack ?? "") });
}

/** Where Node.js looks for a way to print a value of its own. */
const inspectKey = Symbol.for("nodejs.util.inspect.custom");

/** Whether nothing that a printer would find has to be hidden. What this cannot look into, it does not trust. */
function isHarmless(value: unknown, redact: Redact, depth = 0): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (Object(value) !== value) return true;
  try {
    const isKnown =
      value instanceof Error
        ? value.toString === Error.prototype.toString
        : [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
    const holder = value as Readonly<Record<PropertyKey, unknown>>;
    if (!isKnown || depth > 5 || inspectKey in holder || "toJSON" in holder) return false;
    // A DOMException has its message from its prototype.
    const fields = ["name", "message", "stack", ...Reflect.ownKeys(holder)].map((key) => holder[key]);
    return fields.every((field) => isHarmless(field, redact, depth + 1));
  } catch {
    return false; // a field that throws when it is read
  }
}
