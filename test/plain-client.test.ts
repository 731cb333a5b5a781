// A listing over a plain openapi-fetch client, which sends each request once and throws the errors of fetch.
import createOpenapiClient from "openapi-fetch";
import { expect, test } from "vitest";
import { listBackups, type paths } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { type Handler, respond, serve } from "./support/server.js";

const list = (baseUrl: string, fetch?: (request: Request) => Promise<Response>) => {
  const client = createOpenapiClient<paths>({ baseUrl, ...(fetch && { fetch }) });
  return listBackups(client, { clusterId });
};
const first = { backups: [{ id: "1" }], nextPageToken: "p" };

/** A listing whose first page is good. */
const after = async (second: Handler) => {
  const server = await serve((request, response, index) =>
    index === 0 ? respond(response, 200, first) : second(request, response, index),
  );
  return list(server.url);
};

test("a listing over a plain openapi-fetch client gives every item", async () => {
  const listing = await after((_request, response) => respond(response, 200, { backups: [{ id: "2" }] }));
  expect(await listing.toArray()).toEqual([{ id: "1" }, { id: "2" }]);
});

test.each<[string, Handler, object]>([
  [
    "a failure is an ApiError",
    (_request, response) => respond(response, 403, { code: 7, message: "no" }),
    { name: "ApiError", status: 403, grpcCode: 7 },
  ],
  [
    "an empty failure is an ApiError",
    (_request, response) => respond(response, 500, "", { "content-length": "0" }),
    { name: "ApiError", status: 500 },
  ],
  [
    "a broken connection is a ConnectionError",
    (_request, response) => response.destroy(),
    { name: "ConnectionError", cause: { message: "fetch failed" } },
  ],
  [
    "a body that is cut off is a ConnectionError",
    (_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setImmediate(() => response.destroy());
    },
    { name: "ConnectionError" },
  ],
  [
    "a body that is not JSON is an InvalidResponseError",
    (_request, response) => response.writeHead(206, { "content-type": "text/html" }).end("<Bearer abcdefgh>"),
    { name: "InvalidResponseError", status: 206, contentType: "text/html", body: "<[redacted]>" },
  ],
  [
    "an empty body is an InvalidResponseError",
    (_request, response) => response.writeHead(200).end(),
    { name: "InvalidResponseError", message: expect.stringContaining("the body is empty"), body: "" },
  ],
])("a listing over a plain openapi-fetch client, where %s, with the token of the page", async (_, second, expected) => {
  const listing = await after(second);
  await expect(listing.toArray()).rejects.toMatchObject({ ...expected, attempts: 1, pageToken: "p" });
});

test("a listing over a plain openapi-fetch client that is left ends its request", async () => {
  const server = await serve((_request, response, index) => index === 0 && respond(response, 200, first));
  const iterator = list(server.url)[Symbol.asyncIterator]();
  await iterator.next();
  const pending = iterator.next();
  await expect.poll(() => server.requests.length).toBe(2);
  await iterator.return();
  expect(await pending).toEqual({ done: true, value: undefined });
  await expect.poll(() => server.requests[1]?.socket.destroyed).toBe(true);
});

test("a listing over a plain openapi-fetch client rethrows the caller's own errors", async () => {
  class OwnError extends TypeError {}
  for (const reason of [new OwnError("own"), Object.assign(new Error("own"), { code: "ECONNRESET" })]) {
    await expect(list("http://127.0.0.1:1", () => Promise.reject(reason)).toArray()).rejects.toBe(reason);
  }
});
