// @ts-check

/**
 * @param {unknown} node
 * @returns {Generator<Record<string, unknown>, void, void>} the node and all below it
 */
export function* nodesOf(node) {
  if (!isNode(node)) return;
  yield node;
  for (const child of Object.values(node)) yield* nodesOf(child);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isNode(value) {
  return typeof value === "object" && value !== null;
}

/**
 * Follows a `$ref` within a bundled description.
 * @template T
 * @param {object} description
 * @param {T | { $ref: string } | undefined} node
 * @returns {T | undefined}
 */
export function resolve(description, node) {
  if (!node || typeof node !== "object" || !("$ref" in node)) return node;
  const keys = node.$ref.split("/").slice(1);
  const names = keys.map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  const target = names.reduce(
    (parent, name) => (isNode(parent) ? parent[name] : undefined),
    /** @type {unknown} */ (description),
  );
  return resolve(description, /** @type {T | undefined} */ (target));
}
