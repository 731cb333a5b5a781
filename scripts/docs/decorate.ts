import { bundleFromString, createConfig, type Plugin } from "@redocly/openapi-core";
import type { Description } from "../description/load.js";
import { Node } from "../description/node.js";
import { operationsOf } from "../description/operations.js";
import { openEnumOf } from "../description/schema.js";
import { type Sample, samplesOf } from "./code-samples.js";
import { completeText, type Texts } from "./guide.js";

/** A bundled description with the code samples and the guide, which only the docs have, as JSON. */
export async function decorate(description: Description, texts: Texts): Promise<string> {
  const operations = operationsOf(description);
  const server = description.servers?.[0]?.url ?? "";
  const samples = new Map(operations.map((one) => [one.id, samplesOf(one, server)]));
  const plugin: Plugin = {
    id: "docs",
    decorators: {
      oas3: {
        "code-samples": () => ({
          Operation(operation, { resolve }) {
            const authors = authorsSamplesOf(new Node(resolve, operation));
            operation["x-codeSamples"] = [...(samples.get(operation.operationId ?? "") ?? []), ...authors];
          },
        }),
        guide: () => ({
          Info(info) {
            info.description = completeText(info.description ?? "", texts, operations);
          },
        }),
        // Redoc calls a list of them "Array of any".
        "open-enums": () => ({
          Schema(schema, { resolve }) {
            const items = new Node(resolve, schema).at("items");
            const known = openEnumOf(items);
            if (!known) return;
            const text = [items.text("description"), "Other values are possible."].filter(Boolean).join(" ");
            schema.items = { type: "string", enum: [...known.values].map(String), description: text };
          },
        }),
      },
    },
  };
  const decorators = { "docs/code-samples": "on", "docs/guide": "on", "docs/open-enums": "on" } as const;
  const config = await createConfig({ plugins: [plugin], decorators });
  return JSON.stringify((await bundleFromString({ source: JSON.stringify(description), config })).bundle.parsed);
}

/** The samples that the author of the description wrote for an operation. */
export function authorsSamplesOf(operation: Node): Sample[] {
  return operation.at("x-codeSamples").children.map((sample) => ({
    lang: sample.text("lang"),
    label: sample.text("label") || sample.text("lang"),
    source: sample.text("source"),
  }));
}
