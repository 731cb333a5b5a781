// The options of openapi-fetch that an operation needs, where its defaults do not do what the description says.
import type { Oas3_1Schema, Oas3Operation, Oas3Parameter } from "@redocly/openapi-core";
import type { QuerySerializerOptions } from "openapi-fetch";
import { kindOf, successesOf } from "../lint-rules/media-types.js";
import type { Resolver } from "../lint-rules/node.js";
import { serializationOf } from "../lint-rules/serialization.js";
import type { Description } from "./description.js";
import { resolve, resolverOf } from "./description-nodes.js";

type Operation = Oas3Operation<Oas3_1Schema>;

/** Undefined for an operation that the defaults of openapi-fetch fit. */
export function callOptionsOf(
  description: Description,
  { responses = {} }: Operation,
  parameters: readonly Oas3Parameter[],
): object | undefined {
  const mediaTypes = successesOf(responses).flatMap((status) => {
    return Object.keys(resolve(description, responses[status])?.content ?? {});
  });
  const parseAs = mediaTypes.map(kindOf).find((kind) => kind !== "json");
  const querySerializer = querySerializerOf(resolverOf(description), parameters);
  return parseAs || querySerializer ? { querySerializer, parseAs } : undefined;
}

/** That all lists, and all objects, of one operation go out alike is a lint rule. */
export function querySerializerOf(
  ctx: Resolver,
  parameters: readonly { readonly in?: string }[],
): QuerySerializerOptions | undefined {
  const query = parameters.filter((parameter) => parameter.in === "query");
  const all = query.map((value) => serializationOf(ctx, { value }));
  const optionsOf = (wanted: string, defaultStyle: string): object => {
    const found = all.find(({ kind }) => kind === wanted);
    if (!found || (found.style === defaultStyle && found.explode)) return {};
    return { [wanted]: { style: found.style, explode: found.explode } };
  };
  const options = { ...optionsOf("array", "form"), ...optionsOf("object", "deepObject") };
  return Object.keys(options).length > 0 ? options : undefined;
}

export function contentTypeOf(description: Description, { requestBody }: Operation): string | undefined {
  const [mediaType] = Object.keys(resolve(description, requestBody)?.content ?? {});
  return mediaType === "application/json" ? undefined : mediaType;
}
