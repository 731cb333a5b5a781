// How a change is told that no rule has words for.

export interface RedoclyChange {
  readonly path: string;
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly base?: { readonly pointer: string; readonly value?: unknown };
  readonly revision?: { readonly pointer: string; readonly value?: unknown };
}

export function describe({ typeName, kind, path, property = "", base, revision }: RedoclyChange): string {
  if (kind !== "modified") return `The ${noun(typeName)} \`${nameOf((revision ?? base)?.value, path)}\` was ${kind}.`;
  if (["title", "summary", "description"].includes(property)) return `The ${property} is worded otherwise.`;
  return `${wasAndIs(property, base?.value, revision?.value)}.`;
}

/** "`maximum` was 1000 and is 2000", or less where the values are long. */
export function wasAndIs(property: string, before: unknown, now: unknown): string {
  const short = [before, now].every((value) => show(value).length <= 30);
  return short ? `\`${property}\` was ${show(before)} and is ${show(now)}` : `\`${property}\` is another`;
}

export function show(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}

export function quote(values: readonly unknown[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

/** Redocly's name of a kind of node as a word: `RequestBody` is a request body. */
function noun(typeName: string): string {
  return { Schema: "field", PathItem: "path" }[typeName] ?? typeName.replace(/(?<=.)[A-Z]/g, " $&").toLowerCase();
}

function nameOf(value: unknown, path: string): unknown {
  const name = typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
  return name ?? path.split("/").at(-1)?.replaceAll("~1", "/").replaceAll("~0", "~");
}
