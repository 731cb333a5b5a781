// Of HTTP's grammar, clients use more than `fetch` does.
import { expect, test } from "vitest";
import { inQuery, ok, sharedMock } from "./support/small-description.js";

const parameters = [inQuery("size", { type: "integer" })];
const security = [{ token: [] }];
const request = sharedMock({ "/things": { get: { parameters, security, responses: { 200: ok, 401: ok, 400: ok } } } });
const headers = { authorization: "Bearer any" };

test.each([
  ["bearer x", 200],
  ["BEARER x", 200],
  ["bEaReR  x", 200],
  ["Bearerx", 401],
  ["bearer", 401],
  ["basic eDp5", 401],
  ["Negotiate Bearer x", 401],
])(
  "the mock server accepts the scheme of Authorization in upper and lower case: %s gets %i",
  async (authorization, status) => {
    expect((await request("/things", { headers: { authorization } })).status).toBe(status);
  },
);

test.each([
  ["http://example.com/things?size=2", 200],
  ["HTTP://127.0.0.1:1/things?size=2", 200],
  ["https://user@example.com:443/things", 200],
  ["http://example.com/things?size=abc", 400],
  ["http://example.com", 404],
  ["http://example.com?size=2", 404],
  ["http:/things", 400],
  ["/things?next=http://example.com/", 200],
])("the mock server accepts a target with an origin, as a proxy sends it: %s gets %i", async (target, status) => {
  expect((await request(target, { headers })).status).toBe(status);
});
