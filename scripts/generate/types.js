// @ts-check
// The types of a bundled description, by openapi-typescript. Its transformation is called without the rest of it, which
// would load another Redocly, and lint and bundle once more what has just been linted and bundled.
import { createRequire } from "node:module";
import { isTypeName } from "./names.js";
import { isNode, nodesOf } from "./nodes.js";

/**
 * @typedef {import("@redocly/openapi-core").Oas3_1Definition} Description
 * @typedef {import("@redocly/openapi-core").Oas3_1Schema} Schema
 * @typedef {import("@redocly/openapi-core").Oas3Parameter} Parameter
 * @typedef {import("openapi-typescript")} OpenapiTypescript
 */

// Not by `import`, which would read TypeScript's nine megabytes once more to find what it exports.
const require = createRequire(import.meta.url);
const parts = "openapi-typescript/dist";
/** @type {import("typescript")} */
const ts = require("typescript");
/** @type {OpenapiTypescript["transformSchema"]} */
const transformSchema = require(`${parts}/transform/index.cjs`);
/** @type {Pick<OpenapiTypescript, "astToString">} */
const { astToString } = require(`${parts}/lib/ts.cjs`);
/** @type {Pick<OpenapiTypescript, "resolveRef" | "scanDiscriminators">} */
const { resolveRef, scanDiscriminators } = require(`${parts}/lib/utils.cjs`);

/** The keywords of a parameter's schema that an editor shows. */
const limits = ["minimum", "maximum", "minLength", "maxLength", "default"];

/**
 * The generated files of types.
 * @param {Description} description bundled; it is written to
 * @returns {{ openapi: string, schemas: string }} the text of openapi.ts, and of schemas.ts
 */
export function types(description) {
  describe(description);
  return { openapi: astToString(transform(description)), schemas: astToString(schemas(description)) };
}

/**
 * The schemas by their own names, for people. openapi.ts has them too, for openapi-fetch, whose types rewrite each
 * answer and would spoil what keeps an enum open here.
 * @param {Description} description bundled
 */
function schemas({ openapi, components: { schemas = {} } = {} }) {
  const nodes = transform({ openapi, components: { schemas } }, openStrings(schemas));
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  const group = components?.members.find((member) => nameOf(member) === "schemas");
  if (!group) return [];
  // Where a schema refers to another, it goes through this to the other's own name.
  const names = ts.factory.createInterfaceDeclaration(undefined, "components", undefined, undefined, [group]);
  return [...liftSchemas(group), names];
}

/**
 * @param {Pick<Description, "openapi" | "components">} description
 * @param {Set<Schema>} [open] the strings that keep an enum open
 */
function transform(description, open = new Set()) {
  const discriminated = [...nodesOf(description)].some((node) => "discriminator" in node);
  const context = {
    defaultNonNullable: true,
    discriminators: discriminated
      ? scanDiscriminators(/** @type {never} */ (description), { silent: true })
      : { objects: {}, refsHandled: [] }, // its scan takes as long as the rest
    injectFooter: [],
    resolve: (/** @type {string} */ ref) => resolveRef(description, ref, { silent: true }),
    // `"A" | string` is `string` to the compiler. With this in its place, an editor completes what is known.
    transform: (/** @type {Schema} */ schema) => (open.has(schema) ? anyOtherString() : undefined),
  };
  return transformSchema(
    /** @type {never} */ (description),
    /** @type {import("openapi-typescript").GlobalContext} */ (/** @type {unknown} */ (context)),
  );
}

/**
 * Writes into descriptions what an editor should show and openapi-typescript leaves out: the limits of each shared
 * parameter, and at a field what is said of the schema that it refers to.
 * @param {Description} description
 */
function describe(description) {
  const follow = (/** @type {unknown} */ node) =>
    isNode(node) && typeof node["$ref"] === "string" ? resolveRef(description, node["$ref"], { silent: true }) : node;

  for (const parameter of Object.values(description.components?.parameters ?? {})) {
    if ("$ref" in parameter) continue;
    const schema = Object.entries(follow(/** @type {Parameter} */ (parameter).schema) ?? {});
    const list = schema.flatMap(([keyword, value]) => (limits.includes(keyword) ? `${keyword} ${value}` : []));
    if (list.length > 0) parameter.description = `${parameter.description ?? ""} (${list.join(", ")})`.trimStart();
  }
  for (const node of nodesOf(description.components?.schemas)) {
    for (const property of Object.values(isNode(node["properties"]) ? node["properties"] : {})) {
      if (isNode(property) && "$ref" in property) property["description"] ??= follow(property)?.description;
    }
  }
}

/**
 * The strings without an enum that stand beside strings with one.
 * @param {unknown} schemas
 * @returns {Set<Schema>}
 */
function openStrings(schemas) {
  const open = new Set();
  for (const { anyOf } of nodesOf(schemas)) {
    if (!Array.isArray(anyOf) || !anyOf.some(({ enum: values }) => values)) continue;
    for (const member of anyOf) if (member.type === "string" && !member.enum) open.add(member);
  }
  return open;
}

/** `string & {}` */
function anyOtherString() {
  const string = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  return ts.factory.createIntersectionTypeNode([string, ts.factory.createTypeLiteralNode([])]);
}

/**
 * Moves each schema out of `components` into a type of its own, and leaves the type's name in its place: the compiler
 * and editors then say `Backup` where they would spell out all of its fields.
 * @param {import("typescript").TypeElement} group
 */
function liftSchemas(group) {
  const type = ts.isPropertySignature(group) ? group.type : undefined;
  if (!type || !ts.isTypeLiteralNode(type)) return [];
  return type.members.filter(ts.isPropertySignature).flatMap((schema) => {
    const name = nameOf(schema);
    if (!isTypeName(name) || !schema.type) return [];
    const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    const lifted = ts.factory.createTypeAliasDeclaration(exported, name, undefined, schema.type);
    ts.setSyntheticLeadingComments(lifted, ts.getSyntheticLeadingComments(schema));
    ts.setSyntheticLeadingComments(schema, undefined);
    Object.assign(schema, { type: ts.factory.createTypeReferenceNode(name) });
    return [lifted];
  });
}

/** @param {import("typescript").TypeElement} member */
function nameOf({ name }) {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
}
