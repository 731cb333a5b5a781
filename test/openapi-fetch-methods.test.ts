// The kinds of test that openapi-fetch's own suite has for methods, on a plain client and on ours.
import { type Client, wrapAsPathBasedClient } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { clients, echo } from "./support/clients.js";
import type { OwnPaths } from "./support/own-description.js";
import { respond, serve } from "./support/server.js";

const params = { path: { id: "a b" } };
const body = { name: "ä" };

/** A call with each method that has a body to receive, as a method, by `request`, and by path. */
const calls: readonly [string, boolean, (client: Client<OwnPaths>) => Promise<{ data?: unknown }>][] = [
  ["GET", false, (client) => client.GET("/things/{id}", { params })],
  ["PUT", true, (client) => client.PUT("/things/{id}", { params, body })],
  ["PATCH", true, (client) => client.PATCH("/things/{id}", { params, body })],
  ["DELETE", false, (client) => client.DELETE("/things/{id}", { params })],
  ["GET", false, (client) => client.request("get", "/things/{id}", { params })],
  ["PUT", true, (client) => client.request("put", "/things/{id}", { params, body })],
  ["PATCH", true, (client) => client.request("patch", "/things/{id}", { params, body })],
  ["DELETE", false, (client) => client.request("delete", "/things/{id}", { params })],
  ["GET", false, (client) => wrapAsPathBasedClient(client)["/things/{id}"].GET({ params })],
  ["PUT", true, (client) => wrapAsPathBasedClient(client)["/things/{id}"].PUT({ params, body })],
  ["PATCH", true, (client) => wrapAsPathBasedClient(client)["/things/{id}"].PATCH({ params, body })],
  ["DELETE", false, (client) => wrapAsPathBasedClient(client)["/things/{id}"].DELETE({ params })],
];

describe.each(clients)("%s", (_, create) => {
  test("a client sends each method with its path, and with its body as JSON", async () => {
    const client = create({ baseUrl: (await serve(echo)).url });
    for (const [method, hasBody, call] of calls) {
      const { data } = await call(client);
      expect(data).toMatchObject({
        method,
        url: "/things/a%20b",
        body: hasBody ? Buffer.from(JSON.stringify(body)).toString("latin1") : "",
      });
      const headers: unknown = expect.objectContaining({ "content-type": "application/json" });
      expect(data).toHaveProperty("headers", hasBody ? headers : expect.not.objectContaining({ "content-type": "" }));
    }
  });

  test.each(["POST", "OPTIONS"] as const)(
    "a client sends %s with its body to a path without parameters",
    async (method) => {
      const client = create({ baseUrl: (await serve(echo)).url });
      const { data } = await (method === "POST"
        ? client.POST("/things", { body })
        : client.OPTIONS("/things", { body }));
      expect(data).toMatchObject({ method, url: "/things", body: expect.stringContaining('"name"') });
    },
  );

  test("a HEAD has headers, and its body is not parsed", async () => {
    const server = await serve((_request, response) =>
      respond(response, 200, undefined, { "content-type": "application/json", "content-length": "1234", etag: "e" }),
    );
    const client = create({ baseUrl: server.url });
    for (const call of [client.HEAD("/things/{id}", { params }), client.request("head", "/things/{id}", { params })]) {
      const { data, error, response } = await call;
      expect({ data, error }).toEqual({ data: undefined, error: undefined });
      expect(response.headers.get("etag")).toBe("e");
      expect(response.headers.get("content-length")).toBe("1234");
    }
    expect(server.requests.map(({ method }) => method)).toEqual(["HEAD", "HEAD"]);
  });

  test("TRACE is refused, because fetch forbids it", async () => {
    const client = create({ baseUrl: (await serve(echo)).url });
    await expect(client.TRACE("/things/{id}", { params })).rejects.toThrow(TypeError);
  });

  test("a path-based client shares its middleware with the client that it wraps", async () => {
    const client = create({ baseUrl: (await serve(echo)).url });
    const add = (value: string) => ({
      onRequest: ({ request }: { request: Request }) => request.headers.append("x-a", value),
    });
    client.use(add("1"));
    const byPath = wrapAsPathBasedClient(client);
    client.use(add("2"));
    const { GET } = byPath["/things/{id}"];
    expect((await GET({ params })).data?.headers["x-a"]).toBe("1, 2");
  });

  test("an empty 2xx has undefined data, however the body is empty", async () => {
    const server = await serve((request, response) => {
      const how = request.url?.slice("/things/".length);
      if (how === "chunked") response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
      else response.writeHead(how === "none" ? 204 : 202, how === "none" ? {} : { "content-length": "0" });
      response.end();
    });
    const client = create({ baseUrl: server.url });
    for (const id of ["none", "zero", "chunked"]) {
      const { data, error, response } = await client.DELETE("/things/{id}", { params: { path: { id } } });
      expect({ id, data, error, ok: response.ok }).toEqual({ id, data: undefined, error: undefined, ok: true });
    }
  });
});
