// Middleware is called as by a plain openapi-fetch client.
import type { Middleware } from "openapi-fetch";
import { expect, test } from "vitest";
import { expectSame, type Use } from "./support/clients.js";
import { params, path } from "./support/own-description.js";
import { reasonOf } from "./support/promises.js";
import { refusedUrl } from "./support/server.js";

/** A middleware that writes down when each of its hooks is called. */
const recorder = (log: unknown[], name: string): Middleware => ({
  onRequest: () => void log.push(`${name} request`),
  onResponse: () => void log.push(`${name} response`),
  onError: () => void log.push(`${name} error`),
});

const uses: Record<string, Use> = {
  "in order for a request, and in reverse for a response; that of the call is innermost": async (create) => {
    const log: string[] = [];
    const client = create();
    client.use(recorder(log, "1"), recorder(log, "2"));
    await client.GET(path, { params, middleware: [recorder(log, "call")] });
    await client.GET(path, { params });
    return log;
  },
  "onError in reverse, each with the error that the last one returned": async (create) => {
    const client = create({ baseUrl: await refusedUrl() });
    const seen: unknown[] = [];
    const wrap = (name: string): Middleware => ({
      onError: ({ error }) => {
        seen.push(error);
        return name === "2" ? undefined : new Error(name);
      },
    });
    client.use(wrap("1"), wrap("2"), wrap("3"));
    await expect(client.GET(path, { params })).rejects.toThrow(/^1$/);
    return seen.slice(1); // the first error is of this package
  },
  "onError that returns a response, which the remaining hooks get": async (create) => {
    const log: unknown[] = [];
    const client = create({ baseUrl: await refusedUrl() });
    client.use(recorder(log, "outer"), { onError: () => Response.json({ books: [{ id: "cached" }] }) });
    log.push((await client.GET(path, { params })).data);
    return log;
  },
  "onRequest that returns another request, which the next hook gets": async (create) => {
    const client = create({ headers: { "x-client": "c" } });
    client.use(
      { onRequest: ({ request }) => new Request(`${request.url}?text=added`, request) },
      {
        onRequest: ({ request }) =>
          new Request(request, { headers: { ...Object.fromEntries(request.headers), b: "2" } }),
      },
      { onRequest: ({ request }) => request.headers.set("c", "3") },
    );
    return (await client.GET("/things")).data;
  },
  "onRequest that returns a response, after which other hooks are not called": async (create) => {
    const log: unknown[] = [];
    const client = create({ baseUrl: await refusedUrl() });
    const early: Middleware = { onRequest: () => Response.json({ books: [] }, { status: 203 }) };
    client.use(recorder(log, "before"), early, recorder(log, "after"));
    const { data, response } = await client.GET(path, { params });
    return [...log, data, response.status];
  },
  "onResponse that reads the response without a clone, and returns another": async (create) => {
    const client = create();
    client.use({
      async onResponse({ response }) {
        return Response.json({ url: (await response.json()).url }, { status: 418 });
      },
    });
    const { error, response } = await client.GET(path, { params });
    return [error, response.status];
  },
  "with the path of the description, the parameters, an id of the call, and the options": async (create) => {
    const client = create();
    const seen: unknown[] = [];
    const ids = new Set<string>();
    client.use({
      onRequest({ request, id, schemaPath, params, options }) {
        ids.add(id);
        const { baseUrl, parseAs, fetch, querySerializer, pathSerializer, bodySerializer } = options;
        const functions = [fetch, querySerializer, pathSerializer, bodySerializer].map((value) => typeof value);
        seen.push({ method: request.method, schemaPath, params, baseUrl, parseAs, functions });
        seen.push(Object.isFrozen(options));
      },
      onResponse: ({ id }) => void ids.add(id),
    });
    await client.GET(path, { params: { ...params, query: { pageSize: 5 } }, parseAs: "text" });
    await client.GET(path, { params });
    return [...seen, ids.size];
  },
  "until it is ejected": async (create) => {
    const log: string[] = [];
    const client = create();
    const [first, second] = [recorder(log, "1"), recorder(log, "2")];
    client.use(first, second);
    client.eject(first, recorder(log, "unknown"));
    await client.GET(path, { params });
    return log;
  },
  "and refused without a hook": async (create) => {
    // @ts-expect-error it has no hook
    return String(await reasonOf((async () => create().use({}))()));
  },
  "and refused when onRequest returns neither a request nor a response": async (create) => {
    // @ts-expect-error neither
    const onRequest: Middleware = { onRequest: () => ({}) };
    return String(await reasonOf(create().GET(path, { params, middleware: [onRequest] })));
  },
  "and refused when onResponse returns something else than a response": async (create) => {
    // @ts-expect-error a request
    const onResponse: Middleware = { onResponse: () => new Request("http://127.0.0.1/") };
    return String(await reasonOf(create().GET(path, { params, middleware: [onResponse] })));
  },
};

test.each(Object.entries(uses))("middleware is called as by a plain openapi-fetch client: %s", (_, use) =>
  expectSame(use),
);
