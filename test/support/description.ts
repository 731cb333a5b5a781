import description from "../../generated/openapi.json" with { type: "json" };
import type { ListBackupsPage } from "../../src/index.js";

/** The bundled description, as the tests read it. */
export default description;

/** The operation that the tests call. */
export const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
export const operation = description.paths[path].get;

/** A cluster id that looks like the provider's. */
export const clusterId = "c9q8m2k4v7x1n5t3b6h0";

/** The parameters of a call. */
export const params = { path: { clusterId } };

export interface ExampleResponse {
  readonly status: number;
  readonly name: string;
  readonly body: { readonly code?: number; readonly message?: string; readonly [field: string]: unknown };
}

/** Every example of every response of the operation, with references followed. */
export const exampleResponses: readonly ExampleResponse[] = Object.entries(operation.responses).flatMap(
  ([status, node]) => {
    const response: unknown = "$ref" in node ? follow(node.$ref) : node;
    const examples = (response as { content: { "application/json": { examples: Record<string, { $ref: string }> } } })
      .content["application/json"].examples;
    return Object.entries(examples).map(([name, { $ref }]) => {
      const { value } = follow($ref) as { value: ExampleResponse["body"] };
      return { status: Number(status), name, body: value };
    });
  },
);

function follow(ref: string): unknown {
  const keys = ref.replace("#/", "").split("/");
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], description);
}

/** The ids of all backups that the mock lists: its pages end with the first one without a token. */
export const backupIds: readonly string[] = (() => {
  const bodies = exampleResponses.filter(({ status }) => status === 200).map(({ body }) => body as ListBackupsPage);
  const pages = bodies.slice(0, bodies.findIndex(({ nextPageToken }) => !nextPageToken) + 1);
  return pages.flatMap(({ backups = [] }) => backups.map(({ id }) => id));
})();
