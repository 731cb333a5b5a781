// Small descriptions, and mock servers for them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, onTestFinished } from "vitest";
import { type MockServer, startMockServer } from "../../src/mock.js";
import { temporaryFolder } from "./folder.js";

export type Json = Readonly<Record<string, unknown>>;

export const response = (schema: Json, example?: unknown, type = "application/json") => {
  const examples = example !== undefined && { examples: { one: { summary: "-", value: example } } };
  return { description: "-", content: { [type]: { schema, ...examples } } };
};
export const body: typeof response = (...content) => ({ required: true, ...response(...content) });
export const ok = response({ type: "object" }, { done: true });
export const bad = response({ type: "object" }, { code: 3 });
/** The response for an id that does not exist, with the example of the parameter in its text. */
export const missing = (id: string) => response({ type: "object" }, { code: 5, message: `${id} not found` });
export const noContent = { description: "-" };

export const inPath = (name: string, example: string, schema: Json = { type: "string" }) => {
  return { name, in: "path", required: true, schema, example };
};
export const inQuery = (name: string, schema: Json, more: Json = {}) => ({ name, in: "query", schema, ...more });

function descriptionOf(paths: Json): string {
  const components = { securitySchemes: { token: { type: "http", scheme: "bearer" } } };
  return JSON.stringify({ openapi: "3.1.0", info: { title: "Any", version: "1.0.0" }, paths, components });
}

/** A folder with a description of these paths, and other files. */
export function folderWith(paths: Json, files?: Readonly<Record<string, string>>): Promise<string> {
  return temporaryFolder({ "openapi.json": descriptionOf(paths), ...files });
}

/** A mock server for a description of these paths. It ends with the test, whatever it broke. */
export async function mockOf(paths: Json, lists: Json = {}): Promise<MockServer> {
  const mock = await startMockServer({ ...lists, spec: path.join(await folderWith(paths), "openapi.json") });
  onTestFinished(() => mock.close().catch(() => {}));
  return mock;
}

/** {@link mockOf}, for all tests of a block. Sends them their requests. */
export function sharedMock(paths: Json, lists: Json = {}) {
  let mock: MockServer;
  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "description-"));
    await writeFile(path.join(folder, "openapi.json"), descriptionOf(paths));
    mock = await startMockServer({ ...lists, spec: path.join(folder, "openapi.json") });
    await rm(folder, { recursive: true }); // it has been read
    return () => mock.close();
  });
  return (target: string, options: Options = {}) => send(mock, target, options);
}

interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Sends a request as it is, where `fetch` would resolve dot segments. Rejects when no response comes in five seconds. */
export function send(mock: MockServer, target: string, { body, ...options }: Options = {}) {
  return new Promise<{ status: number; headers: Json; body: unknown }>((resolve, reject) => {
    const request = httpRequest(mock.url, { path: target, timeout: 5000, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        const isJson = text !== "" && headers["content-type"]?.includes("json");
        resolve({ status, headers, body: isJson ? JSON.parse(text) : text });
      });
    });
    request.on("information", ({ statusCode }) => reject(new Error(`Only an interim response came: ${statusCode}`)));
    request.on("upgrade", () => reject(new Error("The connection was upgraded")));
    request.on("timeout", () => request.destroy(new Error("No response came")));
    request.on("error", reject).end(body);
  });
}
