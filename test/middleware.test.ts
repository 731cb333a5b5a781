// Middleware runs once a call, above the token and the retries. As openapi-fetch's, it is in openapi-fetch-middleware.test.ts.
import type { Middleware } from "openapi-fetch";
import { expect, test, vi } from "vitest";
import { createClient, InvalidArgumentError } from "../src/index.js";
import { clusterId, params, path } from "./support/description.js";
import { reasonOf } from "./support/promises.js";
import { refusedUrl, respond, serve } from "./support/server.js";
import { busy, inTurn, page, setUp } from "./support/set-up.js";

const secret = "marked-0123456789-token";

test("middleware sees a call once, however often it is sent, and never the token", async () => {
  const seen: string[] = [];
  const see = (hook: string, request: Request) =>
    void seen.push(`${hook} ${request.headers.get("authorization")} ${request.headers.get("x-client-request-id")}`);
  const middleware: Middleware = {
    onRequest: ({ request }) => see("request", request),
    onResponse: ({ request, response }) => see(`response ${response.status}`, request),
    onError: ({ request }) => see("error", request),
  };
  const { client, server } = await setUp(inTurn(busy, busy, page({})), { token: secret });
  client.use(middleware);
  await client.GET(path, { params });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${secret}`));
  const { client: failing, clock } = await setUp(busy, { token: secret, baseUrl: await refusedUrl() });
  failing.use(middleware);
  await expect(failing.GET(path, { params })).rejects.toThrow("ECONNREFUSED");
  expect(clock.waits).toHaveLength(3);
  expect(seen).toEqual(["request null null", "response 200 null null", "request null null", "error null null"]);
});

test("middleware cannot replace the token of a client that has one", async () => {
  const { client, server } = await setUp(page({}), { token: "t", headers: { authorization: "Basic a" } });
  const onRequest: Middleware = { onRequest: ({ request }) => request.headers.set("authorization", "Basic b") };
  await client.GET(path, { params, headers: { authorization: "Basic c" }, middleware: [onRequest] });
  expect(server.requests[0]?.headers.authorization).toBe("Bearer t");
});

test("middleware or headers set Authorization where the client has no token", async () => {
  const server = await serve((_request, response, index) => respond(response, index < 3 ? 401 : 200, {}));
  const basic = createClient({ baseUrl: server.url, headers: { authorization: "Basic a" } });
  const onRequest: Middleware = { onRequest: ({ request }) => request.headers.set("authorization", "Basic b") };
  await basic.GET(path, { params });
  await basic.GET(path, { params, middleware: [onRequest] });
  await createClient({ baseUrl: server.url }).GET(path, { params, headers: { authorization: "Basic c" } });
  await createClient({ baseUrl: server.url }).GET(path, { params });
  const sent = server.requests.map(({ headers }) => headers.authorization);
  expect(sent).toEqual(["Basic a", "Basic b", "Basic c", undefined]);
});

test("middleware may send a request by the fetch of its options, which sets the token and retries", async () => {
  const { client, server } = await setUp(inTurn(busy, page({}), busy, page({ backups: [] })));
  const onRequest: Middleware["onRequest"] = async ({ request, options }) => {
    expect((await options.fetch(request.clone())).status).toBe(200);
  };
  expect((await client.GET(path, { params, middleware: [{ onRequest }] })).data).toEqual({ backups: [] });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill("Bearer t"));
});

class OwnError extends Error {}

const ours = Object.freeze(new InvalidArgumentError("job", "was stopped"));
const thrown = [new OwnError("own"), new TypeError("fetch failed"), "text", ours];
const reject = (reason: unknown) => () => Promise.reject(reason);

test.each(["onRequest", "onResponse", "onError"])(
  "an error from the middleware's %s is rethrown unchanged, once",
  async (hook) => {
    for (const reason of thrown) {
      const { client, server, list } = await setUp(page({ backups: [] }));
      const onError = vi.fn(() => undefined);
      client.use({ onError, [hook]: reject(reason) });
      if (hook === "onError") client.use({ onRequest: ({ request }) => new Request("https://example.com", request) });
      await expect(client.GET(path, { params })).rejects.toBe(reason);
      await expect(list({ pageToken: "p" }).toArray()).rejects.toBe(reason);
      expect(server.requests).toHaveLength(hook === "onResponse" ? 2 : 0);
      expect(onError).not.toHaveBeenCalled();
    }
  },
);

test.each(["onResponse", "onRetry"])("an error from the callback %s is rethrown unchanged", async (callback) => {
  for (const reason of thrown) {
    const { client, list } = await setUp(busy, { [callback]: reject(reason) });
    await expect(client.GET(path, { params })).rejects.toBe(reason);
    await expect(list({ pageToken: "p" }).toArray()).rejects.toBe(reason);
  }
});

test("an error from a fetch that is not a network failure is neither wrapped nor retried", async () => {
  for (const reason of [new OwnError("own"), ours, Object.create(null)]) {
    const fetch = vi.fn(reject(reason));
    const { client, list } = await setUp(busy, { fetch });
    await expect(client.GET(path, { params })).rejects.toBe(reason);
    await expect(client.GET(path, { params, fetch })).rejects.toBe(reason);
    await expect(list({ pageToken: "p" }).toArray()).rejects.toBe(reason);
    expect(fetch).toHaveBeenCalledTimes(3);
  }
});

test("the fetch of a call gets the token, is called for each attempt, and its network failure is a ConnectionError", async () => {
  const tokens: unknown[] = [];
  const fetch = async (request: Request) => {
    tokens.push(request.headers.get("authorization"));
    if (tokens.length === 1) throw new TypeError("fetch failed");
    return tokens.length === 2 ? new Response(null, { status: 503 }) : Response.json({});
  };
  const { client, server } = await setUp(busy);
  expect((await client.GET(path, { params, fetch })).data).toEqual({});
  expect(tokens).toEqual(Array(3).fill("Bearer t"));
  expect(server.requests).toHaveLength(0);
  const failing = client.GET(path, { params, fetch: reject(new TypeError("fetch failed")) });
  await expect(failing).rejects.toMatchObject({ name: "ConnectionError", attempts: 4 });
});

test("another origin, from a base URL of a call or from middleware, is refused before a token is fetched", async () => {
  const elsewhere = await serve(page({}));
  const token = vi.fn(() => "t");
  const { client, server } = await setUp(page({}), { token });
  const lead: Middleware = { onRequest: ({ request }) => new Request(new URL("/", elsewhere.url), request) };
  for (const options of [{ baseUrl: elsewhere.url }, { middleware: [lead] }]) {
    await expect(client.GET(path, { params, ...options })).rejects.toMatchObject({
      name: "InvalidArgumentError",
      argument: "baseUrl",
    });
  }
  expect(token).not.toHaveBeenCalled();
  expect([...server.requests, ...elsewhere.requests]).toEqual([]);
});

test("a request to another path of the origin is sent", async () => {
  const { client, server } = await setUp(page({}));
  const rewrite: Middleware = { onRequest: ({ request }) => new Request(`${request.url}/v3`, request) };
  await client.GET(path, { params, baseUrl: `${server.url}/v2/`, middleware: [rewrite] });
  const sent = `/v2${path.replace("{clusterId}", clusterId)}/v3`;
  expect(server.requests).toMatchObject([{ url: sent, headers: { authorization: "Bearer t" } }]);
});

test("a listing has the call's details in its error, although a middleware gives another response", async () => {
  const { client, list } = await setUp(busy, { token: secret });
  client.use({
    onResponse: ({ response }) =>
      Response.json({ code: 7, message: `Bearer ${secret}` }, { status: response.status === 503 ? 418 : 500 }),
  });
  const error = await reasonOf(list({ pageToken: "p" }).toArray());
  expect(error).toMatchObject({
    name: "ApiError",
    status: 418,
    grpcCode: 7,
    attempts: 4,
    clientRequestId: expect.stringMatching(/^[\w-]{36}$/),
    path: path.replace("{clusterId}", clusterId),
    pageToken: "p",
  });
  expect(JSON.stringify(error)).not.toContain(secret);
});

test("a listing takes a page from a middleware, and refuses another body with the page token to resume at", async () => {
  const { client, list } = await setUp(page({ backups: [{ id: "1" }], nextPageToken: "p" }));
  client.use({
    onRequest: ({ request }) =>
      request.url.includes("pageToken") ? new Response("{ Bearer abcdefgh", { status: 200 }) : undefined,
  });
  const pages = list().pages()[Symbol.asyncIterator]();
  expect(await pages.next()).toMatchObject({ value: { backups: [{ id: "1" }] } });
  const error = await reasonOf(pages.next());
  expect(error).toMatchObject({ name: "InvalidResponseError", pageToken: "p" });
  expect(String(error)).not.toContain("abcdefgh");
});
