// Requests that change something, as a later description can have them: sent once, with a body of any kind.
import { expect, test } from "vitest";
import { createOwn, echo } from "./support/clients.js";
import { refusedUrl, respond, serve } from "./support/server.js";

const params = { path: { id: "1" } };
const token = ({ forceRefresh }: { forceRefresh: boolean }) => (forceRefresh ? "new" : "old");

test.each(["POST", "PUT", "PATCH", "DELETE"] as const)("a %s that fails is sent once", async (method) => {
  const call = (client: ReturnType<typeof createOwn>) => {
    if (method === "POST") return client.POST("/things", { body: { a: 1 } });
    if (method === "DELETE") return client.DELETE("/things/{id}", { params });
    return client.request(method === "PUT" ? "put" : "patch", "/things/{id}", { params, body: { a: 1 } });
  };
  const server = await serve((_request, response, index) => {
    if (index === 0) response.destroy();
    else respond(response, 503, { code: 14 }, { "retry-after": "0" });
  });
  await expect(call(createOwn({ baseUrl: await refusedUrl() }))).rejects.toMatchObject({ attempts: 1 });
  const client = createOwn({ baseUrl: server.url });
  await expect(call(client)).rejects.toMatchObject({ name: "ConnectionError", attempts: 1 });
  expect((await call(client)).response.status).toBe(503);
  expect(server.requests).toHaveLength(2);
});

const bytes = Uint8Array.of(0, 255, 128, 10);
const form = new FormData();
form.set("name", "ä");
form.set("file", new Blob([bytes]), "a.bin");
const stream = () =>
  new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
const raw = { bodySerializer: (body: unknown) => body };
const binary = { ...raw, headers: { "content-type": "application/octet-stream" } };
const binaryBody = Buffer.from(bytes).toString("latin1");

test.each([
  ["JSON", { a: "ä" }, {}, "application/json", Buffer.from('{"a":"ä"}').toString("latin1")],
  ["a text", "ä", { ...raw, headers: { "content-type": "text/plain" } }, "text/plain", "Ã¤"],
  [
    "a form",
    { a: "ä" },
    { headers: { "content-type": "application/x-www-form-urlencoded" } },
    "application/x-www-form-urlencoded",
    "a=%C3%A4",
  ],
  [
    "form data",
    form,
    {},
    expect.stringMatching(/^multipart\/form-data; boundary=/),
    expect.stringContaining(binaryBody),
  ],
  ["bytes", bytes.buffer, binary, "application/octet-stream", binaryBody],
  ["a blob", new Blob([bytes]), binary, "application/octet-stream", binaryBody],
  ["a stream", stream(), { ...binary, duplex: "half" }, "application/octet-stream", binaryBody],
])("a body of %s is sent whole, and again after a 401", async (_, body, options, type, expected) => {
  const received: unknown[] = [];
  const server = await serve(async (request, response, index) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization, "content-type": type } = request.headers;
    received.push({ authorization, type, body: Buffer.concat(chunks).toString("latin1") });
    respond(response, index === 0 ? 401 : 200, {});
  });
  await createOwn({ token, baseUrl: server.url }).POST("/things", { body, ...options });
  expect(received).toEqual([
    { authorization: "Bearer old", type, body: expected },
    { authorization: "Bearer new", type, body: expected },
  ]);
});

test("the body of an OPTIONS request is sent again with a retry", async () => {
  const server = await serve((request, response, index) => {
    if (index === 0) respond(response, 503, {}, { "retry-after": "0" });
    else echo(request, response, index);
  });
  const { data } = await createOwn({ baseUrl: server.url }).OPTIONS("/things", { body: { a: 1 } });
  expect(data).toMatchObject({ body: '{"a":1}' });
});

test("a body that middleware has read is the caller's error, and is not sent", async () => {
  const server = await serve(echo);
  const client = createOwn({ baseUrl: server.url });
  const onRequest = async ({ request }: { request: Request }) => void (await request.text());
  const sent = client.POST("/things", { body: { a: 1 }, middleware: [{ onRequest }] });
  await expect(sent).rejects.toThrow(TypeError);
  expect(server.requests).toHaveLength(0);
});
