// What openapi-fetch makes of a response, on a plain client and on ours; and what ours adds to that.
import { describe, expect, test } from "vitest";
import { clients, createOwn } from "./support/clients.js";
import { params, path } from "./support/own-description.js";
import { type Handler, respond, serve } from "./support/server.js";

const page = { books: [{ id: "й" }] };
const json = new TextEncoder().encode(JSON.stringify(page));

describe.each(clients)("%s", (_, create) => {
  test.each(["json", "text", "blob", "arrayBuffer", "stream"] as const)("a 2xx is parsed as %s", async (parseAs) => {
    const server = await serve((_request, response) => respond(response, 200, page));
    const client = create({ baseUrl: server.url });
    const { data } = await client.GET(path, { params, parseAs });
    if (parseAs === "json") expect(data).toEqual(page);
    else expect(new Uint8Array(await new Response(data as BodyInit).arrayBuffer())).toEqual(json);
    const types = { json: Object, text: String, blob: Blob, arrayBuffer: ArrayBuffer, stream: ReadableStream };
    expect(Object(data)).toBeInstanceOf(types[parseAs]);
    if (data instanceof Blob) expect(data.type).toBe("application/json");
  });

  test("a failure is parsed as JSON, or else as text, whatever parseAs is", async () => {
    const server = await serve((_request, response, index) =>
      respond(response, 418, index % 2 === 0 ? { message: "й" } : "<html>"),
    );
    const client = create({ baseUrl: server.url });
    for (const parseAs of ["json", "blob", "stream"] as const) {
      const failure = { response: { status: 418, ok: false } };
      expect(await client.GET(path, { params, parseAs })).toMatchObject({ error: { message: "й" }, ...failure });
      expect(await client.GET(path, { params, parseAs })).toMatchObject({ error: "<html>", ...failure });
    }
  });

  test("a response with Content-Length 0 has no data, and one in chunks without a length has", async () => {
    const server = await serve((_request, response, index) => {
      if (index === 0) return respond(response, 200, "", { "content-length": "0" });
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"books":');
      response.end("[]}");
    });
    const client = create({ baseUrl: server.url });
    expect((await client.GET(path, { params })).data).toBeUndefined();
    expect((await client.GET(path, { params })).data).toEqual({ books: [] });
  });

  test("a result has the response with its status, its headers and its URL", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/moved") return respond(response, 200, page, { "x-a": "1" });
      respond(response, 307, undefined, { location: "/moved" });
    });
    const { response } = await create({ baseUrl: server.url }).GET(path, { params });
    const { status, statusText, ok, url, redirected, type } = response;
    expect({ status, statusText, ok, redirected, type }).toEqual({
      status: 200,
      statusText: "OK",
      ok: true,
      redirected: true,
      type: "basic",
    });
    expect(url).toBe(`${server.url}/moved`);
    expect(response.headers.get("x-a")).toBe("1");
    expect(response).toBeInstanceOf(Response);
  });
});

describe("an error of a failure", () => {
  const empty: Record<string, Handler> = {
    "no body": (_request, response) => respond(response, 500, undefined, { "content-length": "0" }),
    "an empty chunked body": (_request, response) => {
      response.writeHead(500);
      response.flushHeaders();
      response.end();
    },
    "a body that is cut off": (_request, response) => {
      response.writeHead(500, { "content-length": "1000" });
      response.write("{");
      setImmediate(() => response.destroy());
    },
    "a 304": (_request, response) => respond(response, 304),
  };
  for (const body of ["null", '""', "0", "false"]) {
    empty[`the JSON ${body}`] = (_request, response) => respond(response, 500, body);
  }

  test.each(Object.entries(empty))("the error of a failure is not empty for %s", async (_, handler) => {
    const server = await serve(handler);
    const { data, error, response } = await createOwn({ baseUrl: server.url, retry: false }).GET(path, { params });
    expect(response.ok).toBe(false);
    expect(data).toBeUndefined();
    expect(error).toEqual({ message: expect.any(String) });
  });

  test("the error is not empty when middleware returns an empty failure", async () => {
    const server = await serve((_request, response) => respond(response, 200, page));
    const client = createOwn({ baseUrl: server.url });
    for (const body of [null, "", "null", "0", "false", '""']) {
      const failure = () => new Response(body, { status: 400 });
      for (const middleware of [{ onRequest: failure }, { onResponse: failure }]) {
        const { error } = await client.GET(path, { params, middleware: [middleware] });
        expect({ body, error }).toEqual({ body, error: { message: expect.any(String) } });
      }
    }
  });

  test("error is undefined when there is data, even 0, false or an empty text", async () => {
    for (const body of ["0", "false", '""', "null", "[]"]) {
      const server = await serve((_request, response) => respond(response, 200, body));
      const { data, error } = await createOwn({ baseUrl: server.url }).GET(path, { params });
      expect({ data, error }).toEqual({ data: JSON.parse(body), error: undefined });
    }
  });
});
