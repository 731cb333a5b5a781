// Normalizes a description, so that a diff shows only changes of meaning.
import {
  bundleFromString,
  createConfig,
  escapePointerFragment,
  isRef,
  type Oas3_1Schema,
  type Oas3Decorator,
  type Oas3Parameter,
} from "@redocly/openapi-core";
import { merge } from "allof-merge";
import { methods } from "../description/operations.js";
import { asText, omitFalse, unifySchema, unwrap } from "./canonical-schema.js";
import { effectiveServers } from "./keywords.js";

export interface Description {
  readonly info: { readonly version: string };
  readonly servers?: readonly { url: string; description?: string; variables?: object }[];
  readonly security?: readonly object[];
}

/** Merges `allOf`, gives each operation its inherited parts, and leaves out defaults. */
export async function canonical(bundled: Description): Promise<unknown> {
  const plain = JSON.parse(JSON.stringify(bundled), (_, node) => unwrap(node));
  const source = JSON.stringify(merge(plain, { source: plain, onMergeError: () => {} }));
  const plugin = { id: "diff", decorators: { oas3: { canonical: decorator(bundled) } } };
  const config = await createConfig({ plugins: [plugin], decorators: { "diff/canonical": "on" } });
  return (await bundleFromString({ source, config })).bundle.parsed;
}

function decorator({ servers = [{ url: "/" }], security = [] }: Description): Oas3Decorator {
  // A parameter gets a name, by which Redocly knows it again: of list items it compares how much alike they look.
  const named: Record<string, object> = {};
  return () => ({
    PathItem: {
      leave(item, { resolve, key: path }) {
        for (const method of methods) {
          const operation = item[method];
          if (!operation) continue;
          const parameters = new Map<string, object>();
          for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
            const { in: place, name } = resolve<Oas3Parameter>(parameter).node ?? {};
            const id = `${place} ${name} of ${method.toUpperCase()} ${path}`;
            if (!isRef(parameter)) named[id] = parameter;
            const $ref = `#/components/parameters/${escapePointerFragment(id)}`;
            parameters.set(id, isRef(parameter) ? parameter : { $ref });
          }
          const inherited = operation.servers ?? item.servers ?? servers;
          Object.assign(operation, {
            parameters: [...parameters.values()],
            security: operation.security ?? security,
            [effectiveServers]: inherited.map(
              ({ url, variables = "" }) => url + (variables && JSON.stringify(variables)),
            ),
            "server descriptions": inherited.map(({ description = "" }) => description),
          });
          delete operation.servers;
        }
        delete item.parameters;
        delete item.servers;
      },
    },
    Operation: { leave: (operation) => omitFalse(operation, "deprecated") },
    RequestBody: { leave: (body) => omitFalse(body, "required") },
    Parameter: { leave: (parameter) => unifyParameter(parameter, parameter.in) },
    Header: { leave: (header) => unifyParameter(header, "header") },
    MediaType: { leave: (mediaType) => asText(mediaType, "example") },
    Example: { leave: (example) => asText(example, "value") },
    Schema: { leave: (schema, context) => unifySchema(schema as Oas3_1Schema, context) },
    Root: {
      leave(root) {
        delete root.servers;
        delete root.security;
        const parameters = { ...root.components?.parameters, ...named };
        Object.assign(root, { components: { schemas: {}, ...root.components, parameters } });
      },
    },
  });
}

function unifyParameter(parameter: { style?: string; explode?: boolean }, place?: string): void {
  omitFalse(parameter, "required", "deprecated", "allowEmptyValue", "allowReserved");
  asText(parameter, "example");
  const { style = place === "query" || place === "cookie" ? "form" : "simple", explode = style === "form" } = parameter;
  Object.assign(parameter, { style, explode });
}
