import path from "node:path";
import { onTestFinished } from "vitest";
import { type MockOptions, type MockServer, startMockServer } from "../../src/mock.js";
import description, { clusterId, path as operationPath } from "./description.js";
import { temporaryFolder } from "./folder.js";

/** The list of the cluster in the description's examples. */
export const route = operationPath.replace("{clusterId}", clusterId);
export const headers = { authorization: "Bearer any" };

/** A mock server that ends with the test. */
export async function mockWith(options: MockOptions): Promise<MockServer> {
  const mock = await startMockServer(options);
  onTestFinished(() => mock.close());
  return mock;
}

export async function get(url: string, more: Record<string, string> = headers) {
  const response = await fetch(url, { headers: more });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

/** Whether a server listens at an address. */
export function listens(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** A file with the description, changed; it goes with the test. */
export async function descriptionFile(change: (spec: typeof description) => unknown): Promise<string> {
  const spec = structuredClone(description);
  change(spec);
  return path.join(await temporaryFolder({ "openapi.json": JSON.stringify(spec) }), "openapi.json");
}
