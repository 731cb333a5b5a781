// The client takes openapi-fetch's parts, and not its whole. So it is compared with it here.
import type { IncomingMessage } from "node:http";
import fc from "fast-check";
import createOpenapiClient from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { createClient, listBackups, type paths } from "../src/index.js";
import { clusterId, path } from "./support/description.js";
import { answer, pages, serve } from "./support/server.js";

describe("beside plain openapi-fetch", () => {
  test("the same request goes out, and the same data or error comes back", async () => {
    let body: unknown;
    let status = 200;
    const server = await serve((_request, response) => answer(response, status, body));
    const plain = createOpenapiClient<paths>({
      baseUrl: server.url,
      headers: { authorization: "Bearer t", "x-a": "a" },
    });
    const ours = createClient({ token: "t", baseUrl: server.url, headers: { "x-a": "a" }, retry: false });
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
          pageToken: text({ minLength: 1, maxLength: 100 }),
        },
        { requiredKeys: [] },
      ),
      headers: fc.dictionary(
        fc.constantFrom("x-a", "x-b", "X-C"),
        fc.oneof(value, fc.constantFrom(null, undefined), fc.array(value, { minLength: 1, maxLength: 3 })),
      ),
      answer: fc.oneof(
        fc.record({ status: fc.constantFrom(200, 404, 503), body: fc.object() }),
        fc.record({ status: fc.constantFrom(400, 500), body: fc.constantFrom("<html>", "") }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ id, query, headers, answer }) => {
        ({ body, status } = answer);
        const init = { params: { path: { clusterId: id }, query }, headers };
        const theirs = await plain.GET(path, init);
        const mine = await ours.GET(path, init);
        const [first, second] = server.requests.slice(-2).map(sent);
        expect(second).toEqual(first);
        expect(mine.data).toEqual(theirs.data);
        expect(mine.error || undefined).toEqual(theirs.error || undefined); // both mean an empty body
      }),
      { numRuns: 300 },
    );
  });

  test("a listing asks either client for its pages", async () => {
    const server = await serve(pages({ backups: [{ id: "1" }], nextPageToken: "p" }, { backups: [{ id: "2" }] }));
    const client = createOpenapiClient<paths>({ baseUrl: server.url });
    expect(await listBackups(client, { clusterId }).toArray()).toEqual([{ id: "1" }, { id: "2" }]);
    await expect(listBackups(client, { clusterId, pageToken: "x" }).toArray()).rejects.toMatchObject({
      name: "ApiError",
      status: 500,
      attempts: 1,
      pageToken: "x",
    });
  });
});
