// The client reads each response to its end. Middleware can still read, clone and stream it.
import { gzipSync } from "node:zlib";
import type { Middleware } from "openapi-fetch";
import { expect, test } from "vitest";
import { createClient } from "../src/index.js";
import { params, path } from "./support/description.js";
import { type Handler, serve } from "./support/server.js";

/** A response with this status line, which node:http does not send of itself. */
const raw =
  (status: string, body: string): Handler =>
  (_request, response) => {
    const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
    response.socket?.end(Buffer.from(`${head}\r\n\r\n${body}`));
  };

/** Calls a client with a middleware that gets the response, and returns the result of the call. */
async function through(handler: Handler, onResponse: (response: Response) => Promise<Response | undefined>) {
  const server = await serve(handler);
  const client = createClient({ baseUrl: server.url, retry: false });
  const middleware: Middleware = { onResponse: ({ response }) => onResponse(response) };
  return await client.GET(path, { params, middleware: [middleware] });
}

const body = '{"backups":[{"id":"й"}]}';
const unchanged = async () => undefined;
/** A property of a response as native code sees it, which sends or caches responses: without the getters of a subclass. */
const inside = <Name extends keyof Response>(response: Response, name: Name): Response[Name] =>
  Reflect.get(Response.prototype, name, response);

test.each([
  ["200 OK", 200, "OK"],
  ["203 Ünïcode", 203, "Ünïcode"],
  ["404 ключ", 404, ""],
  ["600 ", 502, ""],
  ["999 Odd", 502, "Odd"],
])(
  "a response with the status line %j can be cloned, streamed and read any number of times",
  async (line, status, text) => {
    const texts: string[] = [];
    const { data, error, response } = await through(raw(line, body), async (response) => {
      for (const one of [response.clone(), response, response.clone().clone()]) {
        expect([one.status, one.bodyUsed]).toEqual([Number.parseInt(line, 10), false]);
        texts.push(await one.text(), JSON.stringify(await one.json()));
        for (const bytes of [await one.arrayBuffer(), await one.bytes()]) texts.push(new TextDecoder().decode(bytes));
        texts.push(await (await one.blob()).text(), await new Response(one.body).text());
      }
      return undefined;
    });
    expect(texts).toEqual(Array(18).fill(body));
    expect(data ?? error).toEqual(JSON.parse(body));
    // Inside, it is as near to this as a Response can be.
    expect([inside(response, "status"), inside(response, "statusText")]).toEqual([status, text]);
    expect(inside(response, "headers").get("content-type")).toBe("application/json");
    expect(await new Response(inside(response, "body")).text()).toBe(body);
  },
);

test.each(["204 No Content", "205 Reset Content", "304 Not Modified"])(
  "a response with the status line %j has a null body, so another Response can be made of it",
  async (line) => {
    const result = await through(raw(line, ""), async (response) => {
      expect([response.body, response.clone().body, inside(response, "body")]).toEqual([null, null, null]);
      expect(inside(response, "status")).toBe(response.status);
      const { status, headers, body } = response;
      return new Response(body, { status, headers: { ...Object.fromEntries(headers), "x-added": "1" } });
    });
    expect(result.response.headers.get("x-added")).toBe("1");
  },
);

test("a response can be made into another one with its body, its status and its headers", async () => {
  const { data, response } = await through(raw("200 OK", '{"backups":[]}'), async (response) => {
    return new Response(response.body, response);
  });
  expect(data).toEqual({ backups: [] });
  expect(response.headers.get("content-type")).toBe("application/json");
});

test("a response gives bytes of its own to each reader", async () => {
  const { data } = await through(raw("200 OK", '{"backups":[]}'), async (response) => {
    new Uint8Array(await response.arrayBuffer()).fill(0);
    (await response.bytes()).fill(0);
    (await response.body?.getReader().read())?.value?.fill(0);
    return undefined;
  });
  expect(data).toEqual({ backups: [] });
});

test("a response gives its form data", async () => {
  const form = new Response(new URLSearchParams({ a: "1" }));
  const client = createClient({ fetch: async () => form });
  const onResponse = async ({ response }: { response: Response }) => {
    return Response.json({ backups: [{ id: (await response.formData()).get("a") }] });
  };
  const { data } = await client.GET(path, { params, middleware: [{ onResponse }] });
  expect(data).toEqual({ backups: [{ id: "1" }] });
});

test("a header that a middleware sets is in the response, and in its clones", async () => {
  const { response } = await through(raw("200 OK", "{}"), async (response) => {
    response.headers.set("x-added", "1");
    expect(response.clone().clone().headers.get("x-added")).toBe("1");
    return undefined;
  });
  expect(response.headers.get("x-added")).toBe("1");
});

test("a response can be read after the call, once more", async () => {
  const { data, response } = await through(raw("200 OK", body), unchanged);
  expect(await response.json()).toEqual(data);
  expect(await response.clone().text()).toBe(body);
});

test("a response has the length of its unpacked body, and is without an encoding", async () => {
  const { response, data } = await through((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync('{"backups":[]}'));
  }, unchanged);
  expect(data).toEqual({ backups: [] });
  expect(Object.fromEntries(response.headers)).toMatchObject({ "content-length": "14" });
  for (const name of ["content-encoding", "transfer-encoding"]) expect(response.headers.has(name)).toBe(false);
});

test("an empty body that was compressed is empty", async () => {
  const { data, error, response } = await through((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).flushHeaders();
    response.end(gzipSync(""));
  }, unchanged);
  expect([data, error, response.status]).toEqual([undefined, undefined, 200]);
});

test("a response is an instance of the global Response", async () => {
  const { response } = await through(raw("200 OK", "{}"), unchanged);
  expect(response).toBeInstanceOf(Response);
  expect(Object.prototype.toString.call(response)).toBe("[object Response]");
});
