// The kinds of test that openapi-fetch's own suite has for serializers, on a plain client and on ours.
import { describe, expect, test } from "vitest";
import { clients, echo } from "./support/clients.js";
import { serve } from "./support/server.js";

const params = { path: { id: "1" } };
const filter = { ids: [3, 4], range: { from: 1, to: 2 }, text: "a/b c" };

describe.each(clients)("%s", (_, create) => {
  /** What the server receives of a call. */
  const receive = async (
    options: Partial<Parameters<typeof create>[0]>,
    call: (client: ReturnType<typeof create>, url: string) => Promise<{ data?: unknown }>,
  ) => {
    const { url } = await serve(echo);
    return (await call(create({ baseUrl: url, ...options }), url)).data;
  };

  test("a body is sent as JSON with its type, unless headers have another; without a body there is no type", async () => {
    const post = (headers?: Record<string, string>) =>
      receive({}, (client) => client.POST("/things", { body: { a: 1 }, ...(headers && { headers }) }));
    expect(await post()).toMatchObject({ body: '{"a":1}', headers: { "content-type": "application/json" } });
    const type = { "Content-Type": "application/merge-patch+json" };
    expect(await post(type)).toMatchObject({ headers: { "content-type": "application/merge-patch+json" } });
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await post(form)).toMatchObject({ body: "a=1", headers: { "content-type": form["Content-Type"] } });
    const none = await receive({}, (client) => client.DELETE("/things/{id}", { params }));
    expect(none).not.toHaveProperty("headers.content-type");
  });

  test("a query is serialized as by openapi-fetch: by default, by options, and by a function", async () => {
    const url = async (client: object, call: object) => {
      const data = await receive(client, (client) => client.GET("/things", { params: { query: filter }, ...call }));
      return (data as { url: string }).url;
    };
    expect(await url({}, {})).toBe("/things?ids=3&ids=4&range[from]=1&range[to]=2&text=a%2Fb%20c");
    const array = { style: "pipeDelimited", explode: false };
    const object = { style: "form", explode: true };
    const byCall = "/things?ids=3|4&from=1&to=2&text=a%2Fb%20c";
    expect(await url({}, { querySerializer: { array, object } })).toBe(byCall);
    expect(await url({ querySerializer: { array, object } }, {})).toBe(byCall);
    expect(await url({ querySerializer: { array } }, { querySerializer: { object } })).toBe(byCall);
    expect(await url({ querySerializer: { allowReserved: true } }, {})).toContain("text=a/b%20c");
    const names = (query: object) => `?names=${Object.keys(query).join()}`;
    expect(await url({ querySerializer: names }, {})).toBe("/things?names=ids,range,text");
    expect(await url({ querySerializer: names }, { querySerializer: () => "own" })).toBe("/things?own");
  });

  test("undefined, null and empty lists are left out of a query, and empty texts are sent", async () => {
    const query = { ids: [], range: null, text: "" } as object;
    const data = await receive({}, (client) => client.GET("/things", { params: { query } }));
    expect(data).toMatchObject({ url: "/things?text=" });
  });

  test("a path is serialized by a function of the client, or by one of the call", async () => {
    const serializer = (mark: string) => (path: string, values: Record<string, unknown>) =>
      path.replace("{id}", `${mark}${String(values["id"])}`);
    const pathSerializer = serializer("client-");
    const get = (call: object) =>
      receive({ pathSerializer }, (client) => client.GET("/things/{id}", { params, ...call }));
    expect(await get({})).toMatchObject({ url: "/things/client-1" });
    expect(await get({ pathSerializer: serializer("call-") })).toMatchObject({ url: "/things/call-1" });
  });

  test("a body is serialized by a function of the client, or by one of the call", async () => {
    const options = { bodySerializer: (body: unknown) => `client ${JSON.stringify(body)}` };
    const post = (call: object) => receive(options, (client) => client.POST("/things", { body: { a: 1 }, ...call }));
    expect(await post({})).toMatchObject({ body: 'client {"a":1}' });
    const data = await post({ bodySerializer: () => "call", headers: { "content-type": "text/plain" } });
    expect(data).toMatchObject({ body: "call", headers: { "content-type": "text/plain" } });
  });
});
