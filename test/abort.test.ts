// Signals: of a call, of a client, of a listing, and of a request that a middleware makes.
import { getEventListeners } from "node:events";
import type { Middleware } from "openapi-fetch";
import { expect, onTestFinished, test } from "vitest";
import { type ClientOptions, createClient, InvalidArgumentError, listBackups } from "../src/index.js";
import { clusterId, params, path } from "./support/description.js";
import { serve } from "./support/server.js";
import { busy, page, setUp } from "./support/set-up.js";

const reasons = [
  Object.freeze(new InvalidArgumentError("job", "was stopped")),
  new TypeError("fetch failed"),
  "",
  null,
];

test.each(reasons)("a call and a listing reject with the reason of an abort, %j, in every wait", async (reason) => {
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
  for (const from of ["call", "client", "listing"]) {
    for (const [options, call] of waits) {
      controller = new AbortController();
      const { signal } = controller;
      const client = createClient({ token: "t", baseUrl: url, ...options, ...(from === "client" && { signal }) });
      const result =
        from === "listing"
          ? listBackups(client, { clusterId, signal }, call).toArray()
          : client.GET(path, { params, ...call, ...(from === "call" && { signal }) });
      await expect(result).rejects.toBe(reason);
    }
  }
});

test.each([0, new Error("enough")])("a signal that aborted before a call, with %j, sends nothing", async (reason) => {
  const { client, list, server } = await setUp(page({}));
  const signal = AbortSignal.abort(reason);
  await expect(client.GET(path, { params, signal })).rejects.toBe(reason);
  await expect(list({ signal }).toArray()).rejects.toBe(reason);
  expect(server.requests).toHaveLength(0);
});

test("a call ends by the signal of a request that a middleware makes", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const reason = new Error("enough");
  const { client } = await setUp(() => controller.abort(reason));
  const onRequest = ({ request }: { request: Request }) => new Request(request, { signal });
  await expect(client.GET(path, { params, middleware: [{ onRequest }] })).rejects.toBe(reason);
});

test("a listener does not stay on a long-lived signal of a call or of a client", async () => {
  for (const from of ["call", "client"]) {
    const { signal } = new AbortController();
    const { client } = await setUp(page({}), from === "client" ? { signal } : {});
    const middleware = [{ onResponse: ({ request }: { request: Request }) => void request.clone() }];
    for (let count = 0; count < 20; count++) {
      await client.GET(path, { params, middleware, ...(from === "call" && { signal }) });
    }
    expect(getEventListeners(signal, "abort")).toEqual([]);
  }
});

test("a signal of a call replaces that of its client, and null takes it away", async () => {
  const { client } = await setUp(page({}), { signal: AbortSignal.abort("client") });
  await expect(client.GET(path, { params })).rejects.toBe("client");
  await expect(client.GET(path, { params, signal: AbortSignal.abort("call") })).rejects.toBe("call");
  expect((await client.GET(path, { params, signal: null })).data).toEqual({});
  expect((await client.GET(path, { params, signal: new AbortController().signal })).data).toEqual({});
});

test("fifty calls and listings at once on one signal do not warn of a leak, and all end with it", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => void warnings.push(warning);
  process.on("warning", keep);
  onTestFinished(() => void process.off("warning", keep));
  const { client, list, server } = await setUp(() => {});
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 50 }, (_, index) =>
    index % 2 ? client.GET(path, { params, signal }) : list({ signal }).toArray(),
  );
  const settled = Promise.allSettled(calls);
  await expect.poll(() => server.requests.length).toBe(50);
  const reason = new Error("stop");
  controller.abort(reason);
  expect(await settled).toEqual(calls.map(() => ({ status: "rejected", reason })));
  expect(warnings).toEqual([]);
});

test.each(["onResponse", "onRetry"])("%s that never settles ends with the timeout", async (name) => {
  const { get, server } = await setUp(busy, { timeout: 200, [name]: () => new Promise<never>(() => {}) });
  const message = `timed out after 200 ms in ${name} of GET ${path.replace("{clusterId}", clusterId)}`;
  await expect(get()).rejects.toMatchObject({ name: "TimeoutError", message });
  expect(server.requests).toHaveLength(1);
});
