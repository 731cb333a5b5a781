import type { IncomingMessage } from "node:http";
import createOpenapiClient from "openapi-fetch";
import { expect, test } from "vitest";
import { createOwn } from "./support/clients.js";
import { type OwnPaths, path } from "./support/own-description.js";
import fc, { runs } from "./support/random.js";
import { respond, serve } from "./support/server.js";

test("a client sends the same request as plain openapi-fetch, and returns the same data or error", async () => {
  let body: unknown;
  let status = 200;
  const server = await serve((_request, response) => respond(response, status, body));
  const plain = createOpenapiClient<OwnPaths>({
    baseUrl: server.url,
    headers: { authorization: "Bearer t", "x-a": "a" },
  });
  const ours = createOwn({ token: "t", baseUrl: server.url, headers: { "x-a": "a" }, retry: false });
  const sent = ({ method, url, headers }: IncomingMessage) => {
    const { "x-client-request-id": _, ...rest } = headers;
    return { method, url, headers: rest };
  };

  const text = (limits: { minLength: number; maxLength: number }) => fc.string({ ...limits, unit: "binary" });
  const value = fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom(..."aZ09-_.;,=") });
  const call = fc.record({
    id: text({ minLength: 1, maxLength: 50 }).filter((id) => !/^\.\.?$/.test(id)),
    query: fc.record(
      {
        pageSize: fc.integer({ min: 0, max: 1000 }),
        pageToken: text({ minLength: 0, maxLength: 100 }),
      },
      { requiredKeys: [] },
    ),
    headers: fc.dictionary(
      fc.constantFrom("x-a", "x-b", "X-C"),
      fc.oneof(value, fc.constantFrom(null, undefined), fc.array(value, { minLength: 1, maxLength: 3 })),
    ),
    reply: fc.oneof(
      fc.record({ status: fc.constantFrom(200, 404, 503), body: fc.object() }),
      fc.record({ status: fc.constantFrom(400, 500), body: fc.constantFrom("<html>", "") }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(call, async ({ id, query, headers, reply }) => {
      ({ body, status } = reply);
      const init = { params: { path: { shelfId: id }, query }, headers };
      const theirs = await plain.GET(path, init);
      const mine = await ours.GET(path, init);
      const [first, second] = server.requests.slice(-2).map(sent);
      expect(second).toEqual(first);
      expect(mine.data).toEqual(theirs.data);
      const isEmpty = status >= 400 && body === "";
      expect(mine.error).toEqual(isEmpty ? { message: expect.any(String) } : theirs.error);
    }),
    runs(300),
  );
});
