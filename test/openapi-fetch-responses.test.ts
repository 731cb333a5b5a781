// The result of a call is that of a plain openapi-fetch client, except that the error of a failure is never empty.
import { expect, test } from "vitest";
import { createOwn, expectSame, type Use } from "./support/clients.js";
import { params, path } from "./support/own-description.js";
import { type Handler, respond, serve } from "./support/server.js";

const page = { books: [{ id: "й" }] };
const json = { "content-type": "application/json" };
const send =
  (status: number, body?: unknown, headers?: Record<string, string>): Handler =>
  (_request, response) =>
    respond(response, status, body, headers);
/** A body in chunks, without a length. */
const chunked =
  (status: number, ...chunks: string[]): Handler =>
  (_request, response) => {
    response.writeHead(status, json).flushHeaders();
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };

const get: Use = async (create) => {
  const { data, error, response } = await create().GET(path, { params });
  const { status, statusText, ok, url, redirected, type, headers } = response;
  return { data, error, status, statusText, ok, url, redirected, type, contentType: headers.get("content-type") };
};

const parsed =
  (parseAs: "text" | "blob" | "arrayBuffer" | "stream"): Use =>
  async (create) => {
    const { data, error } = await create().GET(path, { params, parseAs });
    if (!data) return error;
    return [data.constructor, await new Response(data as BodyInit).text(), data instanceof Blob && data.type];
  };

const uses: Record<string, readonly [Use, Handler]> = {
  "a page": [get, send(200, page)],
  "a page in chunks": [get, chunked(200, '{"books":', "[]}")],
  "a 200 with Content-Length 0": [get, send(200, "", { "content-length": "0" })],
  "a 202 with Content-Length 0": [get, send(202, "", { "content-length": "0" })],
  "an empty 200 in chunks": [get, chunked(200)],
  "a 204": [get, send(204)],
  "a redirect": [
    get,
    ({ url }, response) =>
      url === "/moved" ? respond(response, 200, page) : respond(response, 307, "", { location: "/moved" }),
  ],
  "a failure with JSON": [get, send(418, { message: "й" })],
  "a failure with HTML": [get, send(418, "<html>", { "content-type": "text/html" })],
  "a HEAD, whose length is that of another response": [
    async (create) => {
      const { data, error, response } = await create().HEAD("/things/{id}", { params: { path: { id: "1" } } });
      return { data, error, length: response.headers.get("content-length"), etag: response.headers.get("etag") };
    },
    send(200, undefined, { ...json, "content-length": "1234", etag: "e" }),
  ],
};
for (const parseAs of ["text", "blob", "arrayBuffer", "stream"] as const) {
  uses[`a page as ${parseAs}`] = [parsed(parseAs), send(200, page)];
  uses[`a failure with JSON as ${parseAs}`] = [parsed(parseAs), send(418, { message: "й" })];
  uses[`a failure with HTML as ${parseAs}`] = [parsed(parseAs), send(418, "<html>")];
}

test.each(Object.entries(uses))("a result is that of a plain openapi-fetch client: %s", (_, [use, handler]) =>
  expectSame(use, handler),
);

const empty: Record<string, Handler> = {
  "a 304": send(304),
  "an empty body": send(500, undefined, { "content-length": "0" }),
  "an empty body in chunks": chunked(500),
  "a body that is cut off": (_request, response) => {
    response.writeHead(500, { "content-length": "1000" });
    response.write("{", () => setImmediate(() => response.destroy()));
  },
};
for (const body of ["null", '""', "0", "false"]) empty[`the JSON ${body}`] = send(500, body);

test.each(Object.entries(empty))("the error of a failure is not empty for %s", async (_, handler) => {
  const { url: baseUrl } = await serve(handler);
  const { data, error, response } = await createOwn({ baseUrl, retry: false }).GET(path, { params });
  expect({ data, error, ok: response.ok }).toEqual({ error: { message: expect.any(String) }, ok: false });
});

test("the error of a failure is not empty when a middleware returns an empty failure", async () => {
  const client = createOwn({ baseUrl: (await serve(send(200, page))).url });
  for (const body of [null, "", "null", "0", "false", '""']) {
    const failure = () => new Response(body, { status: 400 });
    for (const middleware of [{ onRequest: failure }, { onResponse: failure }]) {
      const { error } = await client.GET(path, { params, middleware: [middleware] });
      expect({ body, error }).toEqual({ body, error: { message: expect.any(String) } });
    }
  }
});

test.each(["0", "false", '""', "null", "[]"])("the error is undefined beside the data %s", async (body) => {
  const { data, error } = await createOwn({ baseUrl: (await serve(send(200, body))).url }).GET(path, { params });
  expect({ data, error }).toEqual({ data: JSON.parse(body), error: undefined });
});
