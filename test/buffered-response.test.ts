// The client reads each response to its end. Middleware can still read, clone and stream it.
import { gzipSync } from "node:zlib";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { createClient } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { type Handler, serve } from "./support/server.js";

const params = { path: { clusterId } };

/** A response with this status line, which node:http does not send of itself. */
const raw =
  (status: string, body: string): Handler =>
  (_request, response) => {
    const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
    response.socket?.end(Buffer.from(`${head}\r\n\r\n${body}`));
  };

/** Calls a client with a middleware that is given the response, and returns what the call gives. */
async function through(handler: Handler, onResponse: (response: Response) => Promise<Response | undefined>) {
  const server = await serve(handler);
  const client = createClient({ baseUrl: server.url, retry: false });
  const middleware: Middleware = { onResponse: ({ response }) => onResponse(response) };
  return await client.GET(path, { params, middleware: [middleware] });
}

describe("a response that middleware is given", () => {
  test.each(["200 OK", "203 Ünïcode ключ", "404 Нет", "599 ", "999 Odd"])(
    "a response with the status line %j can be cloned, streamed and read any number of times",
    async (line) => {
      const body = '{"backups":[{"id":"й"}]}';
      const texts: string[] = [];
      const result = await through(raw(line, body), async (response) => {
        for (const one of [response.clone(), response, response.clone().clone()]) {
          expect({ status: one.status, used: one.bodyUsed }).toEqual({
            status: Number.parseInt(line, 10),
            used: false,
          });
          texts.push(await one.text(), JSON.stringify(await one.json()));
          for (const bytes of [await one.arrayBuffer(), await one.bytes()]) texts.push(new TextDecoder().decode(bytes));
          texts.push(await (await one.blob()).text());
          texts.push(await new Response(one.body).text());
        }
        return undefined;
      });
      expect(texts).toEqual(Array(18).fill(body));
      expect(result.data ?? result.error).toEqual(JSON.parse(body));
    },
  );

  test.each(["204 No Content", "205 Reset Content", "304 Not Modified"])(
    "a response with the status line %j has no body, so another Response can be made of it",
    async (line) => {
      const result = await through(raw(line, ""), async (response) => {
        expect(response.body).toBeNull();
        expect(response.clone().body).toBeNull();
        const { status, headers, body } = response;
        return new Response(body, { status, headers: { ...Object.fromEntries(headers), "x-added": "1" } });
      });
      expect(result.response.headers.get("x-added")).toBe("1");
    },
  );

  test("can be made into another Response with its body, its status and its headers", async () => {
    const { data, response } = await through(raw("200 OK", '{"backups":[]}'), async (response) => {
      return new Response(response.body, response);
    });
    expect(data).toEqual({ backups: [] });
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  test("gives bytes of its own to each reader", async () => {
    const { data } = await through(raw("200 OK", '{"backups":[]}'), async (response) => {
      new Uint8Array(await response.arrayBuffer()).fill(0);
      (await response.bytes()).fill(0);
      (await response.body?.getReader().read())?.value?.fill(0);
      return undefined;
    });
    expect(data).toEqual({ backups: [] });
  });

  test("gives its form data", async () => {
    const form = new Response(new URLSearchParams({ a: "1" }));
    const client = createClient({ fetch: async () => form });
    const onResponse = async ({ response }: { response: Response }) => {
      return Response.json({ backups: [{ id: (await response.formData()).get("a") }] });
    };
    const { data } = await client.GET(path, { params, middleware: [{ onResponse }] });
    expect(data).toEqual({ backups: [{ id: "1" }] });
  });

  test("can change its headers, as that of fetch cannot", async () => {
    const { response } = await through(raw("200 OK", "{}"), async (response) => {
      response.headers.set("x-added", "1");
      return undefined;
    });
    expect(response.headers.get("x-added")).toBe("1");
  });

  test("can be read after the call, once more", async () => {
    const { data, response } = await through(raw("200 OK", '{"backups":[]}'), async () => undefined);
    expect(await response.json()).toEqual(data);
    expect(await response.clone().text()).toBe('{"backups":[]}');
  });

  test("keeps a header that a middleware has set in its clones", async () => {
    await through(raw("200 OK", "{}"), async (response) => {
      response.headers.set("x-added", "1");
      expect(response.clone().clone().headers.get("x-added")).toBe("1");
      return undefined;
    });
  });
});

describe("the inside of a response, which a run time sends or caches,", () => {
  /** What native code sees, whatever a subclass says. */
  const inside = <Name extends keyof Response>(response: Response, name: Name): Response[Name] =>
    Reflect.get(Response.prototype, name, response);

  test.each([
    ["200 OK", 200, "OK"],
    ["403 Forbidden", 403, "Forbidden"],
    ["404 Ünïcode", 404, "Ünïcode"],
    ["404 ключ", 404, ""],
    ["999 Odd", 502, "Odd"],
    ["600 ", 502, ""],
  ])("has the status line, the headers and the body of %j, as far as a Response can", async (line, status, text) => {
    const { response } = await through(raw(line, '{"code":7}'), async () => undefined);
    expect([inside(response, "status"), inside(response, "statusText")]).toEqual([status, text]);
    expect(inside(response, "headers").get("content-type")).toBe("application/json");
    expect(await new Response(inside(response, "body")).text()).toBe('{"code":7}');
    expect(response.status).toBe(Number.parseInt(line, 10));
    const copy = new Response(response.body, { headers: response.headers });
    expect(await copy.text()).toBe('{"code":7}');
  });

  test.each(["204 No Content", "205 Reset Content", "304 Not Modified"])("has no body for %j", async (line) => {
    const { response } = await through(raw(line, ""), async () => undefined);
    expect([inside(response, "status"), inside(response, "body")]).toEqual([response.status, null]);
  });

  test("has the length of the bytes as they are now, and no encoding", async () => {
    const { response, data } = await through(
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
        response.end(gzipSync('{"backups":[]}'));
      },
      async () => undefined,
    );
    expect(data).toEqual({ backups: [] });
    expect(Object.fromEntries(response.headers)).toMatchObject({ "content-length": "14" });
    for (const name of ["content-encoding", "transfer-encoding"]) expect(response.headers.has(name)).toBe(false);
  });

  test("is that of an empty body, though it was compressed or chunked", async () => {
    for (const headers of [{ "content-encoding": "gzip" }, {}]) {
      const handler: Handler = (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", ...headers });
        response.flushHeaders();
        response.end("content-encoding" in headers ? gzipSync("") : "");
      };
      const { data, error, response } = await through(handler, async () => undefined);
      expect([data, error, response.status]).toEqual([undefined, undefined, 200]);
    }
  });

  test("is a Response of the class that there is at the first call", async () => {
    const { response } = await through(raw("200 OK", "{}"), async () => undefined);
    expect(response).toBeInstanceOf(Response);
    expect(Object.prototype.toString.call(response)).toBe("[object Response]");
  });
});
