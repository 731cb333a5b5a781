// The constraints of a parameter that the client validates, as src/validate-value.ts reads them.
import type { Node } from "../description/node.js";

/** Keywords that are copied from the description. */
const keywords = [
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
].concat(["multipleOf", "minItems", "maxItems", "uniqueItems"]);

export function constraintsOf(parameter: Node): object {
  const { required } = parameter.fields;
  const schema = parameter.at("schema");
  return {
    ...(required === true && { required }),
    ...schemaConstraints(schema),
    // The only default that the client needs: it has to know whether a limit is smaller.
    ...(parameter.text("name") === "pageSize" && { default: schema.fields["default"] }),
  };
}

function schemaConstraints(schema: Node): object {
  const { type, items, required, format, enum: choices } = schema.fields;
  // A value that is null is left out, like undefined.
  const types = [type ?? []].flat().filter((one) => one !== "null");
  const values = "const" in schema.fields ? [schema.fields["const"]] : choices;
  const fields = schema.at("properties").keys.map((name) => {
    const isRequired = Array.isArray(required) && required.includes(name) && { required: true };
    return [name, { ...isRequired, ...schemaConstraints(schema.at("properties", name)) }];
  });
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(Array.isArray(values) && { enum: values.filter((one) => one !== null) }),
    ...Object.fromEntries(Object.entries(schema.fields).filter(([keyword]) => keywords.includes(keyword))),
    ...(format === "date-time" && { format }),
    ...(items !== undefined && { items: schemaConstraints(schema.at("items")) }),
    ...(fields.length > 0 && { properties: Object.fromEntries(fields) }),
  };
}
