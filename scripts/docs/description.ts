import { bundleFromString, createConfig } from "@redocly/openapi-core";

/** As much of a description as its docs read, with every reference followed. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly summary: string };
  readonly servers: readonly [{ readonly url: string }];
  readonly paths: Readonly<Record<string, PathItem>>;
}

type PathItem = { readonly parameters?: readonly Parameter[] } & Readonly<Record<string, Partial<Operation>>>;

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** Those of its path too. */
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Response {
  readonly description: string;
  readonly content?: { readonly "application/json"?: { readonly schema: Schema; readonly examples?: Examples } };
}

type Examples = Readonly<
  Record<string, { readonly summary: string; readonly value: Readonly<Record<string, unknown>> }>
>;

export interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Reads a bundled description, and follows its references. */
export async function dereference(source: string): Promise<Description> {
  const { bundle } = await bundleFromString({ source, config: await createConfig({}), dereference: true });
  return bundle.parsed as Description;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const { operationId = "", summary = "", responses = {}, parameters = [] } = item[method] ?? {};
      if (!item[method]) return [];
      return [
        { method, path, operationId, summary, parameters: [...(item.parameters ?? []), ...parameters], responses },
      ];
    }),
  );
}

/** The field of an operation's 200 that is the list it pages through; undefined for one that does not page. */
export function itemsKeyOf({ parameters, responses }: Operation): string | undefined {
  const fields = responses["200"]?.content?.["application/json"]?.schema.properties ?? {};
  const pages = "nextPageToken" in fields && parameters.some(({ name }) => name === "pageToken");
  return pages ? Object.keys(fields).find((name) => fields[name]?.type === "array") : undefined;
}
