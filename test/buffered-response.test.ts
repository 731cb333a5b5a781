// The client reads each response to its end. Middleware can still read, clone and stream it.
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
});
