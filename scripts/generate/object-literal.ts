/** An object of TypeScript on one line, from the names of its fields and the texts of their values. */
export function objectLiteral(entries: readonly (readonly [name: string, text: string])[]): string {
  const key = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));
  return `{ ${entries.map(([name, text]) => `${key(name)}: ${text}`).join(", ")} }`;
}
