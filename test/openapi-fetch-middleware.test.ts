// The kinds of test that openapi-fetch's own suite has for middleware, on a plain client and on ours.
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { clients } from "./support/clients.js";
import { params, path } from "./support/own-description.js";
import { type Handler, refusing, respond, serve } from "./support/server.js";

const page = { books: [{ id: "1" }] };
const good: Handler = (_request, response) => respond(response, 200, page);

/** A middleware that writes down when each of its hooks is called. */
const recorder = (log: string[], name: string): Middleware => ({
  onRequest: () => void log.push(`${name} request`),
  onResponse: () => void log.push(`${name} response`),
  onError: () => void log.push(`${name} error`),
});

describe.each(clients)("middleware of %s", (_, create) => {
  test("middleware is called in order for a request, and in reverse for a response; that of the call is innermost", async () => {
    const log: string[] = [];
    const client = create({ baseUrl: (await serve(good)).url });
    client.use(recorder(log, "1"), recorder(log, "2"));
    await client.GET(path, { params, middleware: [recorder(log, "call")] });
    expect(log).toEqual(["1 request", "2 request", "call request", "call response", "2 response", "1 response"]);
    log.length = 0;
    await client.GET(path, { params });
    expect(log).toEqual(["1 request", "2 request", "2 response", "1 response"]);
  });

  test("onError is called in reverse, each with the error that the last one returned", async () => {
    const { url, close } = await refusing();
    const client = create({ baseUrl: url });
    const seen: unknown[] = [];
    const wrap = (name: string): Middleware => ({
      onError: ({ error }) => {
        seen.push(error);
        return name === "2" ? undefined : new Error(name, { cause: error });
      },
    });
    client.use(wrap("1"), wrap("2"), wrap("3"));
    const error = await client.GET(path, { params }).catch((reason: unknown) => reason);
    expect(seen).toMatchObject([{ message: expect.any(String) }, { message: "3" }, { message: "3" }]);
    expect(error).toEqual(new Error("1", { cause: new Error("3", { cause: seen[0] }) }));
    close();
  });

  test("onError may return a response, which the remaining hooks get", async () => {
    const { url, close } = await refusing();
    const log: string[] = [];
    const client = create({ baseUrl: url });
    client.use(recorder(log, "outer"), { onError: () => Response.json({ books: [{ id: "cached" }] }) });
    expect((await client.GET(path, { params })).data).toEqual({ books: [{ id: "cached" }] });
    expect(log).toEqual(["outer request", "outer response"]);
    close();
  });

  test("onRequest may return another request, which the next hook gets", async () => {
    const server = await serve(good);
    const client = create({ baseUrl: server.url, headers: { "x-client": "c" } });
    client.use(
      { onRequest: ({ request }) => new Request(`${request.url}?added=1`, request) },
      {
        onRequest: ({ request }) =>
          new Request(request, { headers: { ...Object.fromEntries(request.headers), b: "2" } }),
      },
      { onRequest: ({ request }) => request.headers.set("c", "3") },
    );
    await client.GET(path, { params });
    expect(server.queries).toEqual([{ added: "1" }]);
    expect(server.requests[0]?.headers).toMatchObject({ "x-client": "c", b: "2", c: "3" });
  });

  test("onRequest may return a response: no request is sent, and no other hook is called", async () => {
    const server = await serve(good);
    const log: string[] = [];
    const client = create({ baseUrl: server.url });
    const early: Middleware = { onRequest: () => Response.json({ books: [] }, { status: 203 }) };
    client.use(recorder(log, "before"), early, recorder(log, "after"));
    const { data, response } = await client.GET(path, { params });
    expect({ data, status: response.status }).toEqual({ data: { books: [] }, status: 203 });
    expect(log).toEqual(["before request"]);
    expect(server.requests).toHaveLength(0);
  });

  test("onResponse may read the response without a clone when it returns another", async () => {
    const client = create({ baseUrl: (await serve((_, response) => respond(response, 418, page))).url });
    client.use({
      async onResponse({ response }) {
        const { headers } = response;
        return Response.json({ books: [...(await response.json()).books, { id: "2" }] }, { status: 200, headers });
      },
    });
    const { data } = await client.GET(path, { params });
    expect(data).toEqual({ books: [{ id: "1" }, { id: "2" }] });
  });

  test("a hook gets the path of the description, the parameters, an id of the call, and the options", async () => {
    const server = await serve(good);
    const client = create({ baseUrl: server.url });
    const seen: unknown[] = [];
    const ids = new Set<string>();
    client.use({
      onRequest({ request, id, schemaPath, params, options }) {
        ids.add(id);
        const { baseUrl, parseAs, fetch, querySerializer, pathSerializer, bodySerializer } = options;
        const functions = [fetch, querySerializer, pathSerializer, bodySerializer].map((value) => typeof value);
        seen.push({ method: request.method, schemaPath, params, baseUrl, parseAs, functions });
        expect(Object.isFrozen(options)).toBe(true);
      },
      onResponse: ({ id }) => void ids.add(id),
    });
    const query = { pageSize: 5 };
    await client.GET(path, { params: { ...params, query }, parseAs: "text" });
    await client.GET(path, { params });
    const functions = Array(4).fill("function");
    const common = { method: "GET", schemaPath: path, baseUrl: server.url, functions };
    expect(seen).toEqual([
      { ...common, params: { ...params, query }, parseAs: "text" },
      { ...common, params, parseAs: "json" },
    ]);
    expect(ids.size).toBe(2);
  });

  test("middleware can be ejected, and a falsy one is skipped", async () => {
    const log: string[] = [];
    const client = create({ baseUrl: (await serve(good)).url });
    const [first, second] = [recorder(log, "1"), recorder(log, "2")];
    client.use(first, second);
    client.eject(first, recorder(log, "unknown"));
    await client.GET(path, { params });
    expect(log).toEqual(["2 request", "2 response"]);
  });

  test("middleware that is not an object with hooks, or returns neither a request nor a response, is refused", async () => {
    const client = create({ baseUrl: (await serve(good)).url });
    // @ts-expect-error it has no hook
    expect(() => client.use({})).toThrow("Middleware must be an object");
    // @ts-expect-error neither
    const request: Middleware = { onRequest: () => ({}) };
    await expect(client.GET(path, { params, middleware: [request] })).rejects.toThrow("onRequest: must return");
    // @ts-expect-error no response
    const response: Middleware = { onResponse: () => new Request("http://127.0.0.1/") };
    await expect(client.GET(path, { params, middleware: [response] })).rejects.toThrow("onResponse: must return");
  });
});
