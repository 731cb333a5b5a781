// How a parameter goes on the wire.
import type { Node } from "./node.js";
import { typesOf } from "./schema.js";

export interface Serialization {
  readonly kind: "primitive" | "array" | "object";
  readonly style: string;
  readonly explode: boolean;
}

/** Reads how OpenAPI says that a parameter is sent, with the defaults. */
export function serializationOf(parameter: Node): Serialization {
  const types = typesOf(parameter.at("schema"));
  const style = parameter.text("style") || (parameter.text("in") === "query" ? "form" : "simple");
  return {
    kind: types.has("object") ? "object" : types.has("array") ? "array" : "primitive",
    style,
    explode: style === "deepObject" || Boolean(parameter.fields["explode"] ?? style === "form"),
  };
}
