// Reads the JSON of a key in the forms that editors, shells, CI systems and secret stores leave it in.

/** The longest text that is looked at, in characters. A key has about 2500. */
const maxLength = 2 ** 16;

/** Decodes a file: UTF-8, or UTF-16, which Windows tools write; with or without a byte order mark. */
export function decodeFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  // The first character of a key is ASCII, so one of its two bytes in UTF-16 is 0.
  const isLittle = (first === 0xff && second === 0xfe) || second === 0;
  const isBig = (first === 0xfe && second === 0xff) || first === 0;
  return new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8").decode(bytes);
}

/** Repairs that can make JSON of a text, in the order in which they are tried. */
const repairs: readonly ((text: string) => string)[] = [
  // A \n that became a line break within a string, or the other way round between two of them.
  (text) =>
    text.replace(/"(?:[^"\\]|\\.)*"|\\r|\\n/gs, (part) => (part.startsWith('"') ? part.replace(/\r?\n/g, "\\n") : " ")),
  // Quotes around the whole text.
  (text) => (/^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text),
  // A string of JSON without the quotes around it: {\"id\": …
  (text) => (/\\"/.test(text) ? String(tryParse(`"${text.replace(/\r?\n/g, "\\n")}"`)) : text),
  (text) => (/^%7b/i.test(text) ? decodeURIComponent(text) : text),
  decodeBase64,
];

/** The value of a JSON text in any of these forms; undefined for any other text. */
export function readKeyText(given: string, depth = 0): unknown {
  const text = given.trim(); // a byte order mark is white space, too
  const value = text.length > maxLength ? undefined : tryParse(text);
  if (value !== undefined && typeof value !== "string") return value;
  if (depth > 3 || text.length > maxLength) return undefined;
  if (value !== undefined) return readKeyText(value, depth + 1); // the text of a key as a string of JSON
  for (const repair of repairs) {
    const repaired = repair(text);
    const found = repaired === text ? undefined : readKeyText(repaired, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Decodes base64, in lines or in one, of the URL's alphabet or the other; returns any other text as it is. */
export function decodeBase64(text: string): string {
  if (text.includes("-----") || !/^[\w+/\s-]{100,}={0,2}$/.test(text)) return text; // PEM is made of the same characters
  try {
    const bytes = atob(text.replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/"));
    return decodeFile(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    return text;
  }
}

/** The value of a JSON text; undefined when it is not one. */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
