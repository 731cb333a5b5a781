import { bundleFromString, createConfig } from "@redocly/openapi-core";
import { itemsOf } from "../generate/page-lists.js";

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
  readonly tags: readonly string[];
  readonly summary: string;
  /** Those of its path too. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> } | undefined;
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
  readonly example?: unknown;
  readonly examples?: Examples<unknown>;
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media<Fields>>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** A body in one media type. */
export interface Media<Value = unknown> {
  readonly schema: Schema;
  readonly example?: Value;
  readonly examples?: Examples<Value>;
}

type Examples<Value> = Readonly<Record<string, { readonly summary: string; readonly value: Value }>>;

/** The first example of a parameter, or of a body. */
export function exampleOf<Value>({ example, examples = {} }: Pick<Media<Value>, "example" | "examples">) {
  return example ?? Object.values(examples)[0]?.value;
}

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
      const operation = item[method];
      if (!operation) return [];
      const { operationId = "", tags = [], summary = "", responses = {}, parameters = [], requestBody } = operation;
      const all = [...(item.parameters ?? []), ...parameters];
      return [{ method, path, operationId, tags, summary, parameters: all, requestBody, responses }];
    }),
  );
}

/** The field of an operation's 200 that is the list it pages through; undefined for one that does not page. */
export function itemsKeyOf(operation: Operation): string | undefined {
  return Object.keys(itemsOf({}, operation, operation.parameters) ?? {})[0];
}
