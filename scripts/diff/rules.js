// @ts-check
// What Redocly's diff does not judge, or judges by HTTP alone: callers of this package have types, too.
import { describe, noun, quote, show } from "./words.js";

/**
 * @typedef {import("./compare.js").Change} Change
 * @typedef {{ base: object, revision: object }} Descriptions
 * @typedef {{ pointer: string, value?: unknown }} Side
 *
 * A change in the report of `redocly diff --format json`.
 * @typedef {object} RedoclyChange
 * @property {string} path where it is, with references followed
 * @property {string} typeName what kind of node it is
 * @property {"added" | "removed" | "modified"} kind
 * @property {string} [property] what was modified
 * @property {Change["impact"]} impact
 * @property {{ message: string }[]} verdicts
 * @property {Side} [base]
 * @property {Side} [revision]
 *
 * @typedef {Pick<Change, "impact" | "reason">} Verdict
 */

/**
 * @param {RedoclyChange} change
 * @param {Descriptions} descriptions
 * @returns {Change | undefined} nothing for a change that needs no version of its own
 */
export function judge(change, descriptions) {
  if (change.path === "#/info" && change.property === "version") return undefined;
  if (/^#\/servers(\/|$)/.test(change.path)) return undefined; // see servers.js
  // What is shared counts where it is used; schemas are exported as types.
  const shared = /^#\/components\/(?!schemas\/)[^/]+\/[^/]+$/.test(change.path);
  if (shared && change.kind !== "modified" && change.impact === "patch") return undefined;
  const place = decodeURIComponent((change.revision ?? change.base)?.pointer ?? change.path).replace(/^#\//, "");
  const own = rules.map((rule) => rule(change, descriptions)).find((verdict) => verdict !== undefined);
  const said = change.verdicts.map(({ message }) => message).join(" ");
  return { place, ...(own ?? { impact: change.impact, reason: said || describe(change) }) };
}

/** @typedef {(change: RedoclyChange, descriptions: Descriptions) => Verdict | undefined} Rule */

/** The first that has a verdict decides. @type {Rule[]} */
const rules = [
  function enumOfAnswer({ property, path, base, revision }, descriptions) {
    const [before, after] = [listOf(base?.value), listOf(revision?.value)];
    if (property !== "enum" || !isAnswer(path) || !base || !revision || !before || !after) return undefined;
    const gained = after.filter((value) => !before.includes(value));
    const lost = before.filter((value) => !after.includes(value));
    const open = isOpen(descriptions.base, base.pointer) && isOpen(descriptions.revision, revision.pointer);
    if (open && gained.length > 0) return minor(`The open enum knows ${quote(gained)}, too.`);
    if (open) return patch(`The open enum no longer knows ${quote(lost)}.`);
    if (gained.length > 0) return major(`The enum gained ${quote(gained)}, which callers may not expect.`);
    return lost.length > 0 ? major(`The enum lost ${quote(lost)}: code that names it does not compile.`) : undefined;
  },

  function deprecation({ property, revision, typeName }) {
    if (property !== "deprecated") return undefined;
    return minor(revision?.value ? `The ${noun(typeName)} is deprecated.` : `The ${noun(typeName)} is here to stay.`);
  },

  function defaultOfParameter({ property, path, base, revision }) {
    if (property !== "default" || isAnswer(path)) return undefined;
    if (base?.value === undefined) return minor(`The default is ${show(revision?.value)}.`);
    const change = `The default was ${show(base.value)} and is ${show(revision?.value)}`;
    return major(`${change}: the same call does something else.`);
  },

  function limitOfParameter({ typeName, kind, property = "", path, impact, base, revision }) {
    if (typeName !== "Schema" || kind !== "modified" || isAnswer(path) || impact !== "patch") return undefined;
    if (!limits.includes(property)) return undefined;
    return minor(`\`${property}\` was ${show(base?.value)} and is ${show(revision?.value)}: more is accepted.`);
  },

  function optionalParameter({ typeName, property, revision }) {
    const optional = typeName === "Parameter" && property === "required" && !revision?.value;
    return optional ? minor("The parameter is optional.") : undefined;
  },

  function nameInPath({ typeName, property, base, revision, impact }) {
    const named = (typeName === "Parameter" && property === "name") || (typeName === "PathItem" && property === "key");
    if (!named || impact !== "patch") return undefined;
    return major(`\`${base?.value}\` is called \`${revision?.value}\`: calls do not compile.`);
  },

  function fieldAlwaysThere({ typeName, property, path, impact, base, revision }) {
    if (typeName !== "Schema" || property !== "required" || !isAnswer(path) || impact !== "patch") return undefined;
    const before = listOf(base?.value) ?? [];
    return minor(
      `${quote((listOf(revision?.value) ?? []).filter((name) => !before.includes(name)))} cannot be missing.`,
    );
  },

  function furtherFields({ property, path, base, revision }) {
    if (property !== "additionalProperties" || !isAnswer(path) || !base?.value || revision?.value) return undefined;
    return major("Further fields are not described: code that reads one does not compile.");
  },

  function exportedType({ path, kind, property, base, revision }) {
    const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(path) ?? [];
    if (name === undefined) return undefined;
    if (kind === "added") return minor(`There is a type \`${name}\`.`);
    if (kind === "removed") return major(`The type \`${name}\` is no longer exported.`);
    if (property !== "key") return undefined;
    return major(`The type \`${base?.value}\` is exported as \`${revision?.value}\`.`);
  },

  function lessSecurity({ typeName, kind, impact }) {
    const less = typeName.startsWith("SecurityRequirement") && kind === "removed" && impact === "patch";
    return less ? minor("Less is asked of a caller.") : undefined;
  },
];

/** The keywords that limit what a parameter may be. */
const limits = [
  ...["type", "enum", "pattern", "format", "multipleOf", "maxLength", "minLength", "maxItems", "minItems"],
  ...["maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"],
];

/** @param {string} path */
function isAnswer(path) {
  return path.includes("/responses/");
}

/**
 * @param {unknown} value
 * @returns {unknown[] | undefined}
 */
function listOf(value) {
  return Array.isArray(value) ? value : undefined;
}

/**
 * Whether the enum at a pointer stands beside a string without one.
 * @param {object} description
 * @param {string} pointer
 */
function isOpen(description, pointer) {
  const keys = pointer.split("/").slice(1, -2); // up to the list of alternatives
  const alternatives = at(
    description,
    keys.map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")),
  );
  return Array.isArray(alternatives) && alternatives.some((one) => one.type === "string" && !one.enum);
}

/**
 * @param {unknown} node
 * @param {string[]} keys
 * @returns {unknown}
 */
function at(node, keys) {
  return keys.reduce((parent, key) => /** @type {Record<string, unknown> | undefined} */ (parent)?.[key], node);
}

/** @type {(reason: string) => Verdict} */
const major = (reason) => ({ impact: "major", reason });
/** @type {(reason: string) => Verdict} */
const minor = (reason) => ({ impact: "minor", reason });
/** @type {(reason: string) => Verdict} */
const patch = (reason) => ({ impact: "patch", reason });
