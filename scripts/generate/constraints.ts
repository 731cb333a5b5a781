// The constraints of a parameter that the client validates, as src/validate-value.ts reads them.
import type { Description } from "./description.js";
import { isNode, resolve } from "./description-nodes.js";

/** Those that are in the description as they are. */
const keywords = [
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
].concat(["multipleOf", "minItems", "maxItems", "uniqueItems"]);

export function constraintsOf(description: Description, parameter: object): object {
  const { name, required, schema } = { name: "", required: false, schema: {}, ...parameter };
  return {
    ...(required && { required }),
    ...schemaConstraints(description, schema),
    // The only default that the client needs: it has to know whether a limit is smaller.
    ...(name === "pageSize" && { default: schemaOf(description, schema)["default"] }),
  };
}

function schemaConstraints(description: Description, node: unknown): object {
  const schema = schemaOf(description, node);
  const { type, items, properties, required, format } = schema;
  // A value that is null is left out, as one that is undefined is.
  const types = [type ?? []].flat().filter((one) => one !== "null");
  const choices = "const" in schema ? [schema["const"]] : schema["enum"];
  const fields = Object.entries(isNode(properties) ? properties : {}).map(([name, property]) => {
    const isRequired = Array.isArray(required) && required.includes(name) && { required: true };
    return [name, { ...isRequired, ...schemaConstraints(description, property) }];
  });
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(Array.isArray(choices) && { enum: choices.filter((one) => one !== null) }),
    ...Object.fromEntries(Object.entries(schema).filter(([keyword]) => keywords.includes(keyword))),
    ...(format === "date-time" && { format }),
    ...(isNode(items) && { items: schemaConstraints(description, items) }),
    ...(fields.length > 0 && { properties: Object.fromEntries(fields) }),
  };
}

/** A schema, with what stands beside a reference to it. */
function schemaOf(description: Description, node: unknown): Record<string, unknown> {
  if (!isNode(node)) return {};
  const { $ref: _, ...beside } = node;
  return { ...resolve<Record<string, unknown>>(description, node), ...beside };
}
