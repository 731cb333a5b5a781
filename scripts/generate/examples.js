// @ts-check
// Redocly compiles a program from each schema to check its examples, which takes four fifths of a long lint. Here the
// schemas are interpreted, which finds in a tenth of the time that nothing is wrong; what is wrong, Redocly says.
import { dereference, validate } from "@cfworker/json-schema";
import { isNode, nodesOf, resolve } from "./nodes.js";

/**
 * Whether each example of a body surely fits its schema, and has no field that the schema does not have.
 * @param {{ components?: { schemas?: object } }} description bundled
 */
export function examplesFit(description) {
  /** @type {Record<string, import("@cfworker/json-schema").Schema>} */
  const schemas = structuredClone({ ...description.components?.schemas });
  if (![...nodesOf(schemas)].every(close)) return false;
  const lookup = dereference({ components: { schemas } });

  for (const { content } of nodesOf({ ...description, components: { ...description.components, schemas: {} } })) {
    for (const media of isNode(content) ? Object.values(content) : []) {
      if (!isNode(media) || !isNode(media["schema"])) continue;
      const [, name] = /^#\/components\/schemas\/([\w.-]+)$/.exec(`${media["schema"]["$ref"]}`) ?? [];
      const schema = name !== undefined ? schemas[name] : undefined;
      if (!schema || "example" in media) return false;
      for (const node of Object.values(media["examples"] ?? {})) {
        const example = resolve(description, node);
        if (!isNode(example) || !("value" in example)) return false;
        if (!validate(example["value"], schema, "2020-12", lookup).valid) return false;
      }
    }
  }
  return true;
}

/**
 * Closes a schema to further fields, unless it says that it is open.
 * @param {Record<string, unknown>} schema
 * @returns {boolean} whether it is a schema that is understood here
 */
function close(schema) {
  if ("discriminator" in schema) return false;
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const members = schema[keyword];
    if (Array.isArray(members) && members.some((one) => !["string", "integer", "boolean"].includes(one.type)))
      return false;
  }
  if (isNode(schema["properties"]) && !("additionalProperties" in schema)) schema["unevaluatedProperties"] ??= false;
  return true;
}
