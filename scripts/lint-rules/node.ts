/** A node of the description, and the file that its references start from. */
export interface Node {
  readonly value: unknown;
  readonly file?: string | undefined;
}

/** What follows a reference: the context of a rule, or a function for a bundled description. */
export interface Resolver {
  resolve(
    reference: { $ref: string },
    from?: string,
  ): { node?: unknown; location?: { source: { absoluteRef: string } } | undefined };
}

/** Goes down from a node key by key and follows each `$ref` from the file that it stands in. */
export function descend(ctx: Resolver, node: Node, ...[key, ...rest]: string[]): Node {
  const target = follow(ctx, node);
  return key === undefined ? target : descend(ctx, { ...target, value: fieldsOf(target)[key] }, ...rest);
}

function follow(ctx: Resolver, node: Node): Node {
  if (!isReference(node.value)) return node;
  const { node: value, location } = ctx.resolve(node.value, node.file);
  return follow(ctx, { value, file: location?.source.absoluteRef });
}

/** The elements of a list, each followed. */
export function elementsOf(ctx: Resolver, { value, file }: Node): Node[] {
  return Array.isArray(value) ? value.map((element) => descend(ctx, { value: element, file })) : [];
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
