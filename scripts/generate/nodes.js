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
