// Which bodies the client can send and read.
import type { Oas3Rule } from "@redocly/openapi-core";
import { form, kindOf, successesOf } from "./media-types.js";
import { descend, fieldsOf } from "./node.js";
import { isPrimitive } from "./parameter.js";
import { typesOf } from "./serialization.js";

/** Those for which openapi-fetch has a type of `data`. */
const statuses = ["200", "201", "202", "203", "204", "206", "207", "2XX"];

export const requestBody: Oas3Rule = () => ({
  RequestBody({ content = {} }, ctx) {
    const report = (message: string) => ctx.report({ message, location: ctx.location.child("content") });
    const [mediaType = "", ...others] = Object.keys(content);
    if (others.length > 0) report("The client sends one kind of body. Leave one media type.");
    const isForm = mediaType === form;
    if (kindOf(mediaType) !== "json" && !isForm) {
      report(
        `The client can send no ${mediaType || "body without a media type"}. Supported: JSON, …+json and ${form}.`,
      );
    }
    const schema = descend(ctx, { value: content[mediaType], file: ctx.location.source.absoluteRef }, "schema");
    const properties = descend(ctx, schema, "properties");
    const names = Object.keys(fieldsOf(properties));
    const isFlat = names.length > 0 && names.every((name) => isPrimitive(ctx, descend(ctx, properties, name)));
    if (isForm && !isFlat) report("A form must have properties that are text, numbers, true or false.");
  },
});

export const successResponses: Oas3Rule = () => ({
  Operation({ responses }, ctx) {
    const node = { value: responses, file: ctx.location.source.absoluteRef };
    const kinds = new Set<unknown>();
    for (const status of successesOf(responses ?? {})) {
      const report = (message: string) => ctx.report({ message, location: ctx.location.child(["responses", status]) });
      if (!statuses.includes(status))
        report(`openapi-fetch has no type for ${status}. Supported: ${statuses.join(", ")}.`);
      const content = descend(ctx, node, status, "content");
      for (const mediaType of Object.keys(fieldsOf(content))) {
        const kind = kindOf(mediaType);
        kinds.add(kind);
        if (!kind) report(`The client cannot read ${mediaType}. Describe one media type, and none that has no end.`);
        const types = [...typesOf(ctx, descend(ctx, content, mediaType, "schema"))];
        if (kind === "text" && types.join() !== "string")
          report(`The schema of ${mediaType} must have the type string.`);
      }
    }
    if (kinds.size < 2) return;
    const message = "The client reads all successful responses of an operation as JSON, all as text, or all as bytes.";
    ctx.report({ message, location: ctx.location.child("responses") });
  },
});
