// The nodes of a bundled description.
import { unescapePointerFragment } from "@redocly/openapi-core";
import type { Resolver } from "../lint-rules/node.js";

export function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A node and all below it. */
export function* nodesOf(node: unknown): Generator<Record<string, unknown>, void, void> {
  if (!isNode(node)) return;
  yield node;
  for (const child of Object.values(node)) yield* nodesOf(child);
}

/** Follows a `$ref` within a description. */
export function resolve<T>(description: object, node: T | { $ref: string } | undefined): T | undefined {
  if (!isNode(node) || typeof node["$ref"] !== "string") return node as T | undefined;
  const keys = node["$ref"].split("/").slice(1).map(unescapePointerFragment);
  const target = keys.reduce<unknown>((parent, key) => (isNode(parent) ? parent[key] : undefined), description);
  return resolve(description, target as T | undefined);
}

/** Follows references for the functions that lint rules use, too. */
export function resolverOf(description: object): Resolver {
  return { resolve: (reference) => ({ node: resolve(description, reference) }) };
}
