// The options of openapi-fetch that an operation needs, where its defaults differ from the description.
import type { QuerySerializerOptions } from "openapi-fetch";
import { kindOf } from "../description/media-types.js";
import { type Operation, parametersIn, successesOf } from "../description/operations.js";
import { serializationOf } from "../description/serialization.js";

/** Undefined for an operation that the defaults of openapi-fetch fit. */
export function callOptionsOf(operation: Operation): object | undefined {
  const mediaTypes = successesOf(operation).flatMap(([, response]) => response.at("content").keys);
  const parseAs = mediaTypes.map(kindOf).find((kind) => kind !== "json");
  const querySerializer = querySerializerOf(operation);
  return parseAs || querySerializer ? { querySerializer, parseAs } : undefined;
}

/** That all lists, and all objects, of one operation go out alike is a lint rule. */
export function querySerializerOf(operation: Operation): QuerySerializerOptions | undefined {
  const all = parametersIn(operation, "query").map(serializationOf);
  const optionsOf = (wanted: string, defaultStyle: string): object => {
    const found = all.find(({ kind }) => kind === wanted);
    if (!found || (found.style === defaultStyle && found.explode)) return {};
    return { [wanted]: { style: found.style, explode: found.explode } };
  };
  const options = { ...optionsOf("array", "form"), ...optionsOf("object", "deepObject") };
  return Object.keys(options).length > 0 ? options : undefined;
}

export function contentTypeOf({ node }: Operation): string | undefined {
  const [mediaType] = node.at("requestBody", "content").keys;
  return mediaType === "application/json" ? undefined : mediaType;
}
