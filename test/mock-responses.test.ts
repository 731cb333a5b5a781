import { expect, test } from "vitest";
import { bad, inQuery, type Json, mockOf, ok, response, send } from "./support/small-description.js";

const only = (responses: Json) => ({ "/x": { get: { responses } } });
const withHeaders = (examples: Json, schema: Json = {}) => {
  const headers = Object.entries(examples).map(([name, example]) => [name, { schema, example }]);
  return { ...ok, headers: Object.fromEntries(headers) };
};

test.each<[string, Json, string | undefined, number, string | undefined]>([
  ["a line break in a header", { 200: withHeaders({ "X-A": "a\nb" }) }, undefined, 500, "X-A"],
  ["a header that is not Latin", { 200: withHeaders({ "X-A": "日本" }) }, undefined, 500, "X-A"],
  ["a header of an invalid name", { 200: withHeaders({ "X A": "a" }) }, undefined, 500, "X A"],
  ["a header that breaks its schema", { 200: withHeaders({ "X-A": "a" }, { type: "integer" }) }, undefined, 500, "x-a"],
  ["nothing but an interim response", { 101: { description: "-" } }, undefined, 500, "101"],
  ["an interim response that is preferred", { 101: { description: "-" }, 200: ok }, "code=101", 422, "101"],
  ["a preference for the status 999", { 200: ok }, "code=999", 422, "999"],
  ["a preference for the default", { 200: ok, default: bad }, "code=default", 422, "default"],
  ["a preference without a value", { 200: ok }, "code", 200, undefined],
  ["a preference in quotes", { 200: ok, 404: bad }, 'code="404"', 404, undefined],
  ["nothing but a default", { default: bad }, undefined, 200, undefined],
  ["a default for the preferred status", { 200: ok, default: bad }, "code=503", 503, undefined],
  ["ranges", { "2XX": ok, "4XX": bad }, undefined, 200, undefined],
  ["a range for the preferred status", { "2XX": ok, "4XX": bad }, "code=418", 418, undefined],
  ["nothing but a failure", { 503: bad }, undefined, 503, undefined],
  ["no response", {}, undefined, 500, undefined],
])(
  "the mock server responds for a description with %s, and goes on",
  async (_title, responses, prefer, status, named) => {
    const mock = await mockOf(only(responses));
    const { status: got, body } = await send(mock, "/x", { headers: { ...(prefer && { prefer }) } });
    expect(got).toBe(status);
    if (named !== undefined) expect(body).toMatchObject({ detail: expect.stringContaining(named) });
    expect((await send(mock, "/elsewhere")).status).toBe(404);
  },
);

test("described headers are sent, except for those that describe the transfer of the body", async () => {
  const mock = await mockOf(
    only({
      200: withHeaders({
        "X-Count": 5,
        "X-List": ["a", "b"],
        "X-Json": { a: 1 },
        "Content-Length": 5,
        "Content-Encoding": "gzip",
        "Transfer-Encoding": "chunked",
      }),
    }),
  );
  const { body, headers } = await send(mock, "/x");
  expect(body).toEqual({ done: true });
  expect(headers).toMatchObject({ "x-count": "5", "x-list": "a,b", "x-json": '{"a":1}', "content-length": "13" });
  expect(headers).not.toHaveProperty("content-encoding");
});

test("a response whose schema refers to itself has its example", async () => {
  const child = { $ref: "#/paths/~1x/get/responses/200/content/application~1json/schema" };
  const tree = { type: "object", required: ["name"], properties: { name: { type: "string" }, child } };
  const mock = await mockOf(only({ 200: response(tree, { name: "a", child: { name: "b" } }) }));
  expect(await send(mock, "/x")).toMatchObject({ status: 200, body: { name: "a" } });
});

test.each<[string, Json, unknown]>([
  ["a default", { 200: ok, default: bad }, { code: 3 }],
  ["a range", { 200: ok, "5XX": bad }, { code: 3 }],
  ["neither", { 200: ok }, ""],
])("a fault of a description with %s has the body of that response", async (_title, responses, body) => {
  const mock = await mockOf(only(responses));
  mock.fail({ status: 502 });
  expect(await send(mock, "/x")).toMatchObject({ status: 502, body });
  expect(() => mock.fail({ code: 3 })).toThrow("no example with the code 3");
});

const page = { origin: "http://localhost:5173" };
const allowed = { "access-control-allow-origin": page.origin, vary: "Origin" };
const parameters = [inQuery("a", { type: "integer" })];
const paths = {
  "/x": { get: { parameters, responses: { 200: ok, 400: bad } }, options: { responses: { 200: ok } } },
};

test("a preflight of a page of another origin succeeds, is not recorded and does not use up a fault", async () => {
  const mock = await mockOf(paths);
  mock.fail({ status: 503 });
  const requested = { "access-control-request-method": "PUT", "access-control-request-headers": "authorization,x-a" };
  const preflight = await send(mock, "/x", { method: "OPTIONS", headers: { ...page, ...requested } });
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      ...allowed,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "authorization,x-a",
    },
  });
  expect(mock.requests).toEqual([]);
  expect((await send(mock, "/x")).status).toBe(503);
});

test.each([
  ["GET", "/x", 200],
  ["GET", "/x?a=1&a=x", 400],
  ["GET", "/elsewhere", 404],
  ["GET", "/x?fault", 503],
  ["OPTIONS", "/x", 200],
])("a page of another origin may read the response to %s %s, %d", async (method, target, status) => {
  const mock = await mockOf(paths);
  if (status === 503) mock.fail({ status });
  expect(await send(mock, target, { method, headers: page })).toMatchObject({ status, headers: allowed });
});
