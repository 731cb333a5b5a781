// A copy of a description that allows only what it names: what is new in a response breaks it.
import { isObjectOrList, Node } from "./node.js";
import { openEnumOf } from "./schema.js";

const combiners = ["allOf", "anyOf", "oneOf"];

/** @param description bundled. Each schema gets a closed twin: as a part of another, it stays open to the other's fields. */
export function strictCopy(description: object): object {
  const root = Node.root(description);
  const close = (value: unknown, isPart = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => close(item, isPart));
    if (!isObjectOrList(value)) return value;
    const { $ref } = value;
    if (typeof $ref === "string")
      return { ...value, $ref: isPart ? $ref : $ref.replace(/^#\/components\/schemas\/.+/, "$&.closed") };
    const others = openEnumOf(root.of(value))?.others.map((other) => other.value) ?? [];
    const children = Object.entries(value).map(([key, child]) => {
      const named = key === "anyOf" && Array.isArray(child) ? child.filter((part) => !others.includes(part)) : child;
      return [key, close(named, combiners.includes(key))];
    });
    const isOpen = !("additionalProperties" in value || "unevaluatedProperties" in value);
    const hasFields = isObjectOrList(value["properties"]) || combiners.some((key) => Array.isArray(value[key]));
    // Not `false`, for which drift would name the object and not the field.
    if (!isPart && isOpen && hasFields) children.push(["unevaluatedProperties", { not: {} }]);
    return Object.fromEntries(children);
  };
  const schemas = Object.entries(root.at("components", "schemas").fields).flatMap(([name, schema]) => [
    [name, close(schema, true)],
    [`${name}.closed`, close(schema)],
  ]);
  const copy = Object(close(description));
  return { ...copy, components: { ...copy.components, schemas: Object.fromEntries(schemas) } };
}
