// Renders the types of a bundled description with openapi-typescript.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Node as SyntaxNode } from "typescript";
import type { Description } from "../description/load.js";
import { kindOf } from "../description/media-types.js";
import { isObjectOrList, Node, objectsOf } from "../description/node.js";
import { operationsOf } from "../description/operations.js";
import { isRequiredChoice, openEnumOf } from "../description/schema.js";

// Not by `import`, which reads TypeScript's nine megabytes twice to find the exports.
const require = createRequire(import.meta.url);
const ts: typeof import("typescript") = require("typescript");
const { default: openapiTS, astToString }: typeof import("openapi-typescript") = require("openapi-typescript");

/** The keywords of a parameter's schema that an editor shows. */
const keywords = ["minimum", "maximum", "minLength", "maxLength", "default"];

/** Marks the string that stands beside an enum (`anyOf`) and so keeps it open. */
const otherString = "x-other-string";

/** Marks a property that must be missing. */
const never = "x-never";

/**
 * The text of the files with types: openapi.ts for openapi-fetch, and schemas.ts with the schemas alone for people.
 *
 * Without schemas.ts, an editor does not complete the `status` of a listed backup, and the compiler's messages spell
 * out all of a schema's fields instead of its name: openapi-fetch rewrites the type of a response, and turns the
 * `string & {}` that keeps an enum open into an object that is not a string.
 */
export async function renderTypes(description: Description): Promise<{ openapi: string; schemas: string }> {
  const nodes = await openapiTS(JSON.stringify(annotated(description)), {
    silent: true,
    cwd: pathToFileURL(process.cwd() + path.sep), // its default is not a URL in a folder such as "100%"
    defaultNonNullable: false, // a server may leave out a field that has its default
    transform: (schema) => {
      if (otherString in schema) return ts.factory.createTypeReferenceNode("OtherString");
      return never in schema ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword) : undefined;
    },
  });
  const deprecated = operationsOf(description).filter(({ node }) => node.fields["deprecated"] === true);
  markDeprecated(
    nodes,
    deprecated.map(({ path }) => path),
  );
  return {
    openapi: define("string", astToString(nodes)),
    schemas: define("string & {}", schemasOf(nodes)),
  };
}

/** Puts the type of an open enum's other values first, if the types have any. */
function define(type: string, types: string): string {
  const head = `/** Any other string: the server can add values to an enum. */\ntype OtherString = ${type};\n`;
  return types.includes("OtherString") ? head + types : types;
}

/**
 * A copy with additions that openapi-typescript needs: the constraints of each shared parameter in its description, the
 * description of a field's schema at the field, marks for the strings that keep an enum open, and an unknown schema for
 * a body of bytes.
 */
function annotated(description: Description): Description {
  const copy = structuredClone(description);
  const root = Node.root(copy);
  const shared = root.at("components", "parameters");
  for (const parameter of shared.children) {
    const schema = parameter.at("schema").fields;
    const constraints = keywords.flatMap((key) => (key in schema ? `${key} ${schema[key]}` : []));
    if (constraints.length === 0) continue;
    const description = `${parameter.text("description")} (${constraints.join(", ")})`.trimStart();
    Object.assign(Object(parameter.value), { description });
  }
  for (const object of objectsOf(copy)) {
    const { content, anyOf, properties } = object;
    distribute(root.of(object));
    for (const [mediaType, media] of Object.entries(Object(content))) {
      // Bytes are unknown, for openapi-fetch makes `{}` of the type Blob. With `parseAs: "blob"`, a call has the type.
      if (isObjectOrList(media) && kindOf(mediaType) === "blob") media["schema"] = {};
    }
    for (const property of Object.values(Object(properties))) {
      if (isObjectOrList(property) && "$ref" in property)
        property["description"] ??= root.of(property).fields["description"];
    }
    for (const { value } of openEnumOf(root.of({ anyOf }))?.others ?? [])
      Object.assign(Object(value), { [otherString]: true });
  }
  return copy;
}

/** Copies the properties into each choice of required properties, which has no type without them. */
function distribute(schema: Node): void {
  for (const keyword of ["oneOf", "anyOf"]) {
    const choices = schema.at(keyword).children;
    if (choices.length === 0 || !isRequiredChoice(schema, keyword)) continue;
    const { [keyword]: _, required = [], properties, ...rest } = schema.fields;
    const names = choices.map((choice) => choice.at("required").children.map(({ value }) => String(value)));
    const alternatives = names.map((chosen) => {
      const others = keyword === "oneOf" ? names.flat().filter((name) => !chosen.includes(name)) : [];
      const missing = Object.fromEntries(others.map((name) => [name, { [never]: true }]));
      const own = { required: [required, chosen].flat(), properties: { ...Object(properties), ...missing } };
      return structuredClone({ ...rest, ...own, description: undefined });
    });
    for (const key of schema.keys) delete Object(schema.value)[key];
    Object.assign(Object(schema.value), { description: rest["description"], [keyword]: alternatives });
  }
}

/** Marks these paths as deprecated for an editor; openapi-typescript marks operations only. */
function markDeprecated(nodes: readonly SyntaxNode[], paths: readonly string[]): void {
  const type = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "paths");
  for (const member of type?.members ?? []) {
    if (!member.name || !paths.includes(textOf(member.name) ?? "")) continue;
    ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, "* @deprecated ", true);
  }
}

/** The text of each schema as a type of its own, which refers to the others by their names. */
function schemasOf(nodes: readonly SyntaxNode[]): string {
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  const group = components?.members.filter(ts.isPropertySignature).find(({ name }) => textOf(name) === "schemas")?.type;
  if (!group || !ts.isTypeLiteralNode(group)) return "";
  const types = group.members.filter(ts.isPropertySignature).flatMap((schema) => {
    const name = textOf(schema.name);
    if (!name || !schema.type) return [];
    const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    const type = ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, schema.type);
    ts.setSyntheticLeadingComments(type, ts.getSyntheticLeadingComments(schema));
    return ts.visitEachChild(type, replaceReferences, undefined);
  });
  const text = astToString(types);
  const helpers = nodes.filter(ts.isTypeAliasDeclaration).filter(({ name }) => text.includes(`${name.text}<`));
  return text + astToString(helpers);
}

/** Makes `Backup` of `components["schemas"]["Backup"]`. */
function replaceReferences(node: SyntaxNode): SyntaxNode {
  if (ts.isIndexedAccessTypeNode(node) && ts.isIndexedAccessTypeNode(node.objectType)) {
    const [group, name] = [textOf(node.objectType.indexType), textOf(node.indexType)];
    if (group === "schemas" && name) return ts.factory.createTypeReferenceNode(name);
  }
  return ts.visitEachChild(node, replaceReferences, undefined);
}

function textOf(node: SyntaxNode): string | undefined {
  if (ts.isLiteralTypeNode(node)) return textOf(node.literal);
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : undefined;
}
