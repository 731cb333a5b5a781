// Signals: of a call, of a client and of a request that middleware makes.
import { getEventListeners } from "node:events";
import type { Middleware } from "openapi-fetch";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ClientOptions, createClient, listBackups } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { serve } from "./support/server.js";
import { page, setUp } from "./support/set-up.js";

const params = { path: { clusterId } };
const reasons = [new Error("enough"), "text", 0, "", false, null, Number.NaN];

describe("a call that is aborted", () => {
  test.each(reasons)("rejects with its signal's reason, %j, whatever it waits for", async (reason) => {
    let controller: AbortController;
    const hang = () => {
      controller.abort(reason);
      return new Promise<never>(() => {});
    };
    const { url } = await serve(hang);
    const respond = async () => Response.json({});
    const waits: [ClientOptions, { fetch?: () => Promise<Response>; middleware?: Middleware[] }][] = [
      [{}, {}],
      [{ token: hang }, {}],
      [{ fetch: hang }, {}],
      [{ fetch: async () => new Response(new ReadableStream({ pull: hang })) }, {}],
      [{}, { fetch: hang }],
      [{ fetch: respond, onResponse: hang }, {}],
      [{ onRetry: hang }, { fetch: () => Promise.reject(new TypeError("fetch failed")) }],
      [{}, { middleware: [{ onRequest: hang }] }],
      [{ fetch: respond }, { middleware: [{ onResponse: hang }] }],
    ];
    for (const from of ["call", "client"]) {
      for (const [client, call] of waits) {
        controller = new AbortController();
        const { signal } = controller;
        const { GET } = createClient({ token: "t", baseUrl: url, ...client, ...(from === "client" && { signal }) });
        await expect(GET(path, { params, ...call, ...(from === "call" && { signal }) })).rejects.toBe(reason);
      }
    }
  });

  test.each(reasons)("before it begins rejects with its signal's reason, %j, and sends nothing", async (reason) => {
    const { client, server } = await setUp(page({}));
    await expect(client.GET(path, { params, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  test("ends by the signal of a request that a middleware makes", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("enough");
    const { client } = await setUp(() => controller.abort(reason));
    const onRequest = ({ request }: { request: Request }) => new Request(request, { signal });
    await expect(client.GET(path, { params, middleware: [{ onRequest }] })).rejects.toBe(reason);
  });
});

test.each(["call", "client"])("a long-lived signal of a %s keeps no listener", async (from) => {
  const { signal } = new AbortController();
  const { client } = await setUp(page({}), from === "client" ? { signal } : {});
  const middleware = [{ onResponse: ({ request }: { request: Request }) => void request.clone() }];
  for (let count = 0; count < 20; count++) {
    await client.GET(path, { params, middleware, ...(from === "call" && { signal }) });
  }
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal of a call replaces that of its client, and null takes it away", async () => {
  const { client } = await setUp(page({}), { signal: AbortSignal.abort("client") });
  await expect(client.GET(path, { params })).rejects.toBe("client");
  await expect(client.GET(path, { params, signal: AbortSignal.abort("call") })).rejects.toBe("call");
  expect((await client.GET(path, { params, signal: null })).data).toEqual({});
  expect((await client.GET(path, { params, signal: new AbortController().signal })).data).toEqual({});
});

test("fifty calls and listings at once on one signal give no warning of a leak, and all end with it", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => void warnings.push(warning);
  process.on("warning", keep);
  onTestFinished(() => void process.off("warning", keep));
  const server = await serve(() => {});
  const client = createClient({ baseUrl: server.url, token: "any" });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 50 }, (_, index) =>
    index % 2 ? client.GET(path, { params, signal }) : listBackups(client, { clusterId, signal }).toArray(),
  );
  const settled = Promise.allSettled(calls);
  await expect.poll(() => server.requests.length).toBe(50);
  const reason = new Error("stop");
  controller.abort(reason);
  expect(await settled).toEqual(calls.map(() => ({ status: "rejected", reason })));
  expect(warnings).toEqual([]);
});
