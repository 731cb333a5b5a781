import type { TestProject } from "vitest/node";
import { startMockServer } from "../../src/mock.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the one mock server that all tests share; it remembers nothing. */
    mockUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mock = await startMockServer();
  project.provide("mockUrl", mock.url);
  return () => mock.close();
}
