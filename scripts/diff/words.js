// @ts-check

/**
 * What a change is that no rule has a word for.
 * @param {import("./rules.js").RedoclyChange} change
 */
export function describe({ typeName, kind, path, property = "", base, revision }) {
  if (kind === "modified") {
    if (["title", "summary", "description"].includes(property)) return `The ${property} is worded otherwise.`;
    const short = [base?.value, revision?.value].every((value) => show(value).length <= 30);
    return `\`${property}\` ${short ? `was ${show(base?.value)} and is ${show(revision?.value)}` : "is another"}.`;
  }
  const value = /** @type {{ name?: unknown } | undefined} */ ((revision ?? base)?.value);
  const key = path.split("/").at(-1)?.replaceAll("~1", "/").replaceAll("~0", "~");
  return `The ${noun(typeName)} \`${value?.name ?? key}\` was ${kind}.`;
}

/** @param {string} typeName as Redocly has it: `PathItem` */
export function noun(typeName) {
  return { Schema: "field", PathItem: "path" }[typeName] ?? typeName.replace(/(?<=.)[A-Z]/g, " $&").toLowerCase();
}

/** @param {unknown} value */
export function show(value) {
  return value === undefined ? "not set" : JSON.stringify(value);
}

/** @param {unknown[]} values */
export function quote(values) {
  return values.map((value) => `\`${value}\``).join(", ");
}
