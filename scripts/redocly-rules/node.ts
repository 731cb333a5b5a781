import type { UserContext } from "@redocly/openapi-core";

/** A node of the description, and the file that its references start from. */
export interface Node {
  readonly value: unknown;
  readonly file: string | undefined;
}

/** Goes down from a node key by key and follows each `$ref` from the file that it stands in. */
export function descend(ctx: UserContext, node: Node, ...[key, ...rest]: string[]): Node {
  const target = follow(ctx, node);
  return key === undefined ? target : descend(ctx, { ...target, value: fieldsOf(target)[key] }, ...rest);
}

function follow(ctx: UserContext, node: Node): Node {
  if (!isReference(node.value)) return node;
  const { node: value, location } = ctx.resolve<object>(node.value, node.file);
  return { value, file: location?.source.absoluteRef };
}

export function fieldsOf({ value }: Node): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}

function isReference(value: unknown): value is { $ref: string } {
  return isObject(value) && typeof value["$ref"] === "string";
}
