/** The beginning of the JSON text of a value, at most 40 characters. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
