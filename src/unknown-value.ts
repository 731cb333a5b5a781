// Tells apart values that a server sent or that somebody threw.

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The class of a value in any realm, such as `Object`, `Error` or `Promise`. */
export function classOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Whether a value is an error, of this realm or another: in Jest, `fetch` throws errors of another one. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || /^(Error|DOMException)$/.test(classOf(value));
}

/** The kind of a value, for a message that must not show it: undefined, an Object, a Promise. */
export function kindOf(value: unknown): string {
  if (value == null) return String(value);
  const name = classOf(value);
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

/** Converts a value to a text, even if its own conversion throws. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "a value without a text";
  }
}
