// Bodies that the client can send and read.
import type { Oas3Rule } from "@redocly/openapi-core";
import { form, kindOf } from "../description/media-types.js";
import { operationsOfPath, successesOf } from "../description/operations.js";
import { isPrimitive, propertiesOf, typesOf } from "../description/schema.js";
import { nodeOf, report } from "./report.js";

/** The statuses for which openapi-fetch types `data`. */
const statuses = ["200", "201", "202", "203", "204", "206", "207", "2XX"];

export const requestBody: Oas3Rule = () => ({
  RequestBody(body, ctx) {
    const content = nodeOf(ctx, body).at("content");
    const [mediaType = "", ...others] = content.keys;
    if (others.length > 0) report(ctx, content, "The client sends one media type. Remove the others.");
    const isForm = mediaType === form;
    if (kindOf(mediaType) !== "json" && !isForm) {
      report(
        ctx,
        content,
        `The client cannot send ${mediaType || "a body without a media type"}. Supported: JSON, …+json and ${form}.`,
      );
    }
    const fields = [...propertiesOf(content.at(mediaType, "schema")).values()];
    const isFlat = fields.length > 0 && fields.every(isPrimitive);
    if (isForm && !isFlat) report(ctx, content, "A form must have properties that are text, numbers, true or false.");
  },
});

export const successResponses: Oas3Rule = () => ({
  PathItem(item, ctx) {
    for (const operation of operationsOfPath(String(ctx.key), nodeOf(ctx, item))) {
      const kinds = new Set<unknown>();
      for (const [status, response] of successesOf(operation)) {
        if (!statuses.includes(status))
          report(ctx, response, `openapi-fetch does not type the status ${status}. Supported: ${statuses.join(", ")}.`);
        const content = response.at("content");
        for (const mediaType of content.keys) {
          const kind = kindOf(mediaType);
          kinds.add(kind);
          if (!kind) report(ctx, response, `The client cannot read ${mediaType}. Name one type that is not a stream.`);
          const types = [...typesOf(content.at(mediaType, "schema"))];
          if (kind === "text" && types.join() !== "string")
            report(ctx, response, `The schema of ${mediaType} must have the type string.`);
        }
      }
      if (kinds.size < 2) continue;
      const message =
        "The client reads all successful responses of an operation in one way: as JSON, as text or as bytes.";
      report(ctx, operation.node.at("responses"), message);
    }
  },
});
