import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ApiError, createClient, listBackups } from "../src/index.js";
import { problemResponse } from "../src/mock/prism.js";
import { serve as listen } from "../src/mock/serve.js";
import { startMockServer } from "../src/mock.js";
import { clusterId } from "./support/description.js";
import { FaultServer } from "./support/fault-server.js";
import type { FaultName } from "./support/faults.js";
import { reasonOf } from "./support/promises.js";
import { pages, serve } from "./support/server.js";

const server = new FaultServer();
beforeAll(() => server.start());
afterAll(() => server.close());

/** Prism between the client and a server: it responds with 500 when either breaks the description. */
async function proxy(upstream: string): Promise<string> {
  const operations = await getHttpOperationsFromSpec("openapi/openapi.yaml");
  const settings = {
    isProxy: true as const,
    upstream: new URL(upstream),
    upstreamProxy: undefined,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: true,
    mock: { dynamic: false },
  };
  const prism = createInstance(settings, { logger: createLogger("proxy", { level: "silent" }) });
  const { url, close } = await listen(async (request) => {
    const result = await prism.request(request, operations)();
    if (result._tag === "Left") return problemResponse(result.left);
    const { output, validations } = result.right;
    const violations = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message);
    return violations.length > 0 ? problemResponse(new Error(violations.join("; "))) : output;
  }, 0);
  onTestFinished(close);
  return url;
}

const items = Array.from({ length: 7 }, (_, index) => ({
  id: `${clusterId}:${index}`,
  createdAt: "2024-01-01T00:00:00.5Z",
  size: "10737418240",
  status: index % 2 === 0 ? "DONE" : "A_STATUS_OF_TOMORROW",
}));

test("requests of the client, and good responses of the fault server, keep to the description", async () => {
  const baseUrl = await proxy(server.url);
  const open = server.open(clusterId, { pages: [items.slice(0, 3), [], items.slice(3)], schedule: [] });
  for (const params of [{ prefetch: true }, { pageSize: 1000 }, { pageSize: 0 }, { limit: 7 }, { pageToken: "p0" }]) {
    expect(await open.list(params, { baseUrl, retry: false, fetch: globalThis.fetch }).toArray()).toEqual(items);
  }
});

test("requests that are repeated, refreshed and resumed keep to the description", async () => {
  const baseUrl = await proxy(server.url);
  const schedule: FaultName[][] = [["serviceUnavailable", "unauthorized"], ["notFound"]];
  const open = server.open(clusterId, { pages: [items.slice(0, 3), items.slice(3)], schedule });
  const through = { baseUrl, fetch: globalThis.fetch };
  const failure = await reasonOf(open.list({}, through).toArray());
  expect(failure).toMatchObject({ name: "ApiError", status: 404, message: expect.stringContaining("fault") });
  const { pageToken } = failure as ApiError;
  expect(await open.list({ pageToken }, through).toArray()).toEqual(items.slice(3));
  expect(open.served).toEqual([1, 1]);
});

test("the mock server's responses keep to the description, for examples, numbers and lists of items", async () => {
  for (const backups of [undefined, 0, 1, 250, items]) {
    const mock = await startMockServer({ backups });
    onTestFinished(() => mock.close());
    const baseUrl = await proxy(mock.url);
    const client = createClient({ token: "t", baseUrl, retry: false });
    const count = typeof backups === "number" ? backups : 7;
    expect(await listBackups(client, { clusterId }).toArray()).toHaveLength(count);
  }
});

test("a response that does not keep to the description is noticed", async () => {
  const baseUrl = await proxy((await serve(pages({ backups: [{ id: 5 }] }))).url);
  const client = createClient({ token: "t", baseUrl, retry: false });
  await expect(listBackups(client, { clusterId }).toArray()).rejects.toMatchObject({
    status: 500,
    body: undefined,
    message: expect.stringContaining("failed with status 500"),
  });
});

test("a request that does not keep to the description is noticed", async () => {
  const upstream = await serve(pages({}));
  const baseUrl = await proxy(upstream.url);
  const headers = { authorization: "Bearer t" };
  const { status } = await fetch(`${baseUrl}/managed-mysql/v1/clusters/${clusterId}/backups?pageSize=1001`, {
    headers,
  });
  expect(status).toBe(422);
  expect(upstream.requests).toHaveLength(0);
});
