// @ts-check

/** Names that generated code has another use for. */
const taken = ["Record", "Omit", "WithRequired", "OneOf", "XOR", "Without"];

/**
 * Whether a schema's name can be the name of a type.
 * @param {string} name
 */
export function isTypeName(name) {
  return /^[A-Z]\w*$/.test(name) && !taken.includes(name);
}
