// Rules that `redocly diff` lacks, because it considers HTTP alone: callers of this package have types, too, and a
// request that may hold more is an addition. The tables of test/tools/diff-*.test.ts have a case for each sentence.

import { annotations, effectiveServers, openEnum } from "./keywords.js";
import { get, quote, rule, type Sentences, show, type Visitor } from "./rule.js";

const noCompile = "does not compile";
const alternative: Sentences = {
  removed: ({ before }) => get(before, "type") !== "null" && `The alternative was removed: code for it ${noCompile}.`,
};
const fieldOfRequest = () => `The field was removed: code that sends it ${noCompile}.`;

const breaking: Visitor = {
  NamedSchemas: {
    Schema: rule({
      removed: ({ name }) => `The type \`${name}\` is no longer exported.`,
      key: ({ before, now }) => `The type \`${before}\` was renamed to \`${now}\`.`,
    }),
  },
  Paths: {
    PathItem: rule({ key: ({ before, now }) => `\`${before}\` was renamed to \`${now}\`: a call ${noCompile}.` }),
  },
  Operation: rule({
    [effectiveServers]: ({ lost, had: [first], has: [now] }) =>
      [
        lost.length > 0 && `The server ${quote(lost)} was removed.`,
        first !== now && `The first server is ${quote([now])}: clients without a baseUrl go there now.`,
      ]
        .filter(Boolean)
        .join(" "),
  }),
  Parameter: { MediaTypesMap: rule({ added: () => "The serialization of the parameter changed." }, "request") },
  RequestBody: rule({ added: ({ now }) => get(now, "required") === true && "A request body is required." }, "request"),
  SchemaProperties: { Schema: rule({ removed: fieldOfRequest, key: fieldOfRequest }, "request") },
  Response: { Header: rule({ required: ({ before }) => before === true && "The header can be missing." }) },
  MediaType: { Schema: rule({ removed: () => "The schema of the content was removed." }, "response") },
  AnyOf: { Schema: rule(alternative, "response") },
  OneOf: { Schema: rule(alternative, "response") },
  Schema: rule(
    {
      enum: ({ before, lost, gained }) =>
        before === undefined
          ? `The values are limited to ${quote(gained)}: code that names another ${noCompile}.`
          : lost.length > 0 && `The enum lost ${quote(lost)}: code that names it ${noCompile}.`,
      type: ({ lost, gained }) => {
        const types = lost.filter((type) => type !== "null");
        return types.length > 0 && gained.length === 0 && `It is never ${quote(types)}: code for that ${noCompile}.`;
      },
    },
    "response",
  ),
  any: rule(
    {
      removed: ({ name }) =>
        name === "additionalProperties" && `Additional properties were removed: code that uses one ${noCompile}.`,
      default: ({ before, now }) => before !== undefined && `The default was ${show(before)} and is ${show(now)}.`,
      readOnly: ({ now }) => now === true && "The field can no longer be sent.",
      writeOnly: ({ now }) => now === true && "The field is no longer in responses.",
    },
    "either",
  ),
};

const optional = rule(
  {
    added: ({ now }) => get(now, "required") !== true && `${get(now, "name") ?? "A request body"} can be sent.`,
    required: ({ before }) => before === true && "It is optional.",
  },
  "request",
);

const additive: Visitor = {
  NamedSchemas: { Schema: rule({ added: ({ name }) => `The type \`${name}\` was added.` }) },
  Operation: rule({
    [effectiveServers]: ({ gained }) => gained.length > 0 && `The server ${quote(gained)} was added.`,
  }),
  Parameter: optional,
  RequestBody: optional,
  SecurityRequirement: rule({ removed: () => "Fewer credentials are required." }),
  Schema: rule(
    {
      required: ({ gained }) => gained.length > 0 && `${quote(gained)} cannot be missing.`,
      type: ({ lost, gained }) => gained.length === 0 && lost.includes("null") && "It is never null.",
    },
    "response",
  ),
  any: rule({
    default: ({ before, now }) => before === undefined && `The default is ${show(now)}.`,
    deprecated: ({ now }) => (now ? "It is deprecated." : "It is no longer deprecated."),
    [openEnum]: ({ gained }) => gained.length > 0 && `The open enum gained ${quote(gained)}.`,
  }),
};

/** Redocly's own rules find changes that narrow a request, and weigh more. */
const relaxed: Visitor = {
  Schema: rule(
    {
      "*": ({ name, before, now }) =>
        ![...annotations, "default", openEnum].includes(name) &&
        !name.startsWith("x-") &&
        `\`${name}\` was ${show(before)} and is ${show(now)}: more is accepted.`,
    },
    "request",
  ),
};

const added = rule({ added: () => "It was added to the documentation." });
const documented = [
  "Contact",
  "License",
  "ExternalDocs",
  "TagList",
  "Tag",
  "ExamplesMap",
  "Example",
  "LinksMap",
  "Link",
];
const documentation: Visitor = Object.fromEntries(documented.map((typeName) => [typeName, added]));

export default () => ({
  id: "callers",
  diff: {
    oas3: {
      breaking: () => breaking,
      additive: () => additive,
      relaxed: () => relaxed,
      documentation: () => documentation,
    },
  },
});
