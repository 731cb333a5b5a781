import type { UserContext } from "@redocly/openapi-core";
import { Node } from "../description/node.js";

/** The node that a rule visits. */
export function nodeOf({ resolve, location }: UserContext, value: unknown): Node {
  return new Node(resolve, value, location);
}

/** Reports a problem at a node, or at the visited one when the node does not exist. */
export function report(ctx: UserContext, { location = ctx.location }: Node, message: string): void {
  ctx.report({ message, location });
}
