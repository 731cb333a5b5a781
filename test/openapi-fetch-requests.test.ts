// A client sends the same requests as a plain openapi-fetch client.
import { wrapAsPathBasedClient } from "openapi-fetch";
import { expect, test, vi } from "vitest";
import { expectSame, type Use } from "./support/clients.js";
import { reasonOf } from "./support/promises.js";

const params = { path: { id: "a b" } };
const body = { name: "ä" };
const filter = { ids: [3, 4], range: { from: 1, to: 2 }, text: "a/b c" };

/** Calls a method that sends a body, and returns the request as the server received it. */
const post =
  (call: object, client: object = {}): Use =>
  async (create) =>
    (await create(client).POST("/things", { body, ...call })).data;

/** Calls a method that sends a query, and returns the URL as the server received it. */
const query =
  (call: object, client: object = {}): Use =>
  async (create) =>
    (await create(client).GET("/things", { params: { query: filter }, ...call })).data?.url;

const array = { style: "pipeDelimited", explode: false };
const object = { style: "form", explode: true };
const names = (query: object) => `?names=${Object.keys(query).join()}`;
const pathSerializer = (mark: string) => (path: string, values: Record<string, unknown>) =>
  path.replace("{id}", `${mark}${String(values["id"])}`);
const bodySerializer = (body: unknown) => `own ${JSON.stringify(body)}`;
const typed = (type: string) => ({ headers: { "Content-Type": type } });

const uses: Record<string, Use> = {
  "methods with and without a body": async (create) => {
    const { GET, PUT, PATCH, DELETE, POST, OPTIONS } = create();
    const path = "/things/{id}";
    const byId = [await GET(path, { params }), await PUT(path, { params, body }), await PATCH(path, { params, body })];
    const others = [
      await DELETE(path, { params }),
      await POST("/things", { body }),
      await OPTIONS("/things", { body }),
    ];
    return [...byId, ...others].map(({ data }) => data);
  },
  "methods by request()": async (create) => {
    const { request } = create();
    const path = "/things/{id}";
    const withBody = [await request("put", path, { params, body }), await request("patch", path, { params, body })];
    return [...withBody, await request("get", path, { params }), await request("delete", path, { params })].map(
      ({ data }) => data,
    );
  },
  "methods of a path-based client, which shares its middleware": async (create) => {
    const client = create();
    const add = (value: string) => ({
      onRequest: ({ request }: { request: Request }) => request.headers.append("x-a", value),
    });
    client.use(add("1"));
    const { GET, PUT, PATCH, DELETE } = wrapAsPathBasedClient(client)["/things/{id}"];
    client.use(add("2"));
    const withBody = [await PUT({ params, body }), await PATCH({ params, body })];
    return [...withBody, await GET({ params }), await DELETE({ params })].map(({ data }) => data);
  },
  "TRACE, which fetch forbids": async (create) => String(await reasonOf(create().TRACE("/things/{id}", { params }))),

  "a baseUrl of a call": async (create, url) => {
    const client = create({ baseUrl: `${url}/v1/` });
    const urls: unknown[] = [];
    for (const baseUrl of [undefined, `${url}/v2`, `${url}/v3/`, "", undefined]) {
      const { data } = await client.GET("/things/{id}", { params, ...(baseUrl !== undefined && { baseUrl }) });
      urls.push(data?.url);
    }
    return urls;
  },
  "headers of the client, the call and the parameters": async (create) => {
    const headers = { "x-a": "client", "x-b": "client", "x-c": "client", "x-trace": "client", "x-d": 1 };
    const call = { "x-b": "call", "x-c": null, "x-d": undefined, "x-e": ["1", 2, true], "x-trace": "call" };
    const header = { "x-trace": "parameter" };
    return (await create({ headers }).GET("/things", { params: { header }, headers: call })).data;
  },
  "instances of Headers": post({ headers: new Headers({ "x-b": "2" }) }, { headers: new Headers({ "x-a": "1" }) }),
  "the fetch and the Request class of the client, or of the call": async (create) => {
    class OfClient extends Request {}
    class OfCall extends Request {}
    const seen: unknown[] = [];
    const fetcher = (name: string) => async (request: Request) =>
      Response.json({ seen: seen.push([name, request.constructor.name]) });
    const client = create({ Request: OfClient, fetch: fetcher("client") });
    await client.GET("/things/{id}", { params });
    await client.GET("/things/{id}", { params, Request: OfCall, fetch: fetcher("call") });
    return seen;
  },
  "options of a Request and of a framework": async (create) => {
    const seen: unknown[] = [];
    const fetch = async (request: Request & { next?: unknown }) => {
      const { cache, credentials, redirect, referrerPolicy, keepalive, next } = request;
      return Response.json({ seen: seen.push({ cache, credentials, redirect, referrerPolicy, keepalive, next }) });
    };
    const own = { cache: "no-store", credentials: "omit", redirect: "manual", keepalive: true } as const;
    const options = { ...own, referrerPolicy: "no-referrer" } as const;
    await create({ fetch, ...options }).GET("/things/{id}", { params });
    await create({ fetch }).GET("/things/{id}", { params, ...options, ...{ next: { revalidate: 60 } } });
    await create({ fetch, ...options }).GET("/things/{id}", { params, cache: "reload", redirect: "error" });
    return seen;
  },
  "the dispatcher of the client, or of the call": async (create) => {
    const dispatch = vi.fn(() => {
      throw new Error("dispatched");
    });
    const dispatcher = { dispatch };
    const ofClient = create({ requestInitExt: { dispatcher } }).GET("/things/{id}", { params });
    await expect(ofClient).rejects.toThrow("fetch failed");
    await expect(create().GET("/things/{id}", { params, ...{ dispatcher } })).rejects.toThrow("fetch failed");
    return dispatch.mock.calls.length;
  },

  "a body as JSON": post({}),
  "a body of another JSON type": post(typed("application/merge-patch+json")),
  "a body as a form": post(typed("application/x-www-form-urlencoded")),
  "a body serializer of the client": post({}, { bodySerializer }),
  "a body serializer of the call": post({ bodySerializer: () => "call", ...typed("text/plain") }, { bodySerializer }),
  "a query": query({}),
  "a query with undefined, null, empty lists and an empty text": query({
    params: { query: { ids: [], range: null, text: "" } },
  }),
  "a query serialized by options of the call": query({ querySerializer: { array, object } }),
  "a query serialized by options of the client": query({}, { querySerializer: { array, object } }),
  "a query serialized by options of both": query({ querySerializer: { object } }, { querySerializer: { array } }),
  "a query with reserved characters": query({}, { querySerializer: { allowReserved: true } }),
  "a query serialized by a function of the client": query({}, { querySerializer: names }),
  "a query serialized by a function of the call": query({ querySerializer: () => "own" }, { querySerializer: names }),
  "a path serialized by a function of the client, or of the call": async (create) => {
    const client = create({ pathSerializer: pathSerializer("client-") });
    const first = await client.GET("/things/{id}", { params });
    const second = await client.GET("/things/{id}", { params, pathSerializer: pathSerializer("call-") });
    return [first.data?.url, second.data?.url];
  },
};

test.each(Object.entries(uses))("a client sends the same as a plain openapi-fetch client: %s", (_, use) =>
  expectSame(use),
);
