import createOpenapiClient, { type Client, type ClientOptions } from "openapi-fetch";
import { expect } from "vitest";
import { createClientFor } from "../../src/client.js";
import type { ClientOptions as OurOptions } from "../../src/index.js";
import { type OwnPaths, ownDescription, type Received } from "./own-description.js";
import { type Handler, respond, serve } from "./server.js";

/** A client of this package for the API of the tests. */
export const createOwn = (options?: OurOptions): Client<OwnPaths> => createClientFor<OwnPaths>(ownDescription, options);

/** Uses a client, and returns the result to compare, which is not undefined. The server is at `url`. */
export type Use = (create: (options?: ClientOptions) => Client<OwnPaths>, url: string) => Promise<unknown>;

/** Uses a plain openapi-fetch client and then a client of this package, and expects the same result of both. */
export async function expectSame(use: Use, handler: Handler = echo): Promise<void> {
  let count = 0;
  const { url } = await serve((request, response) => {
    delete request.headers["x-client-request-id"];
    return handler(request, response, count++);
  });
  const plain = await use((options) => createOpenapiClient<OwnPaths>({ baseUrl: url, ...options }), url);
  expect(plain).toBeDefined();
  count = 0;
  const create = ({ fetch, ...options }: ClientOptions = {}) =>
    createOwn({ baseUrl: url, retry: false, ...(fetch && { fetch }), ...(options as OurOptions) });
  expect(await use(create, url)).toEqual(plain);
}

/** Sends the request back, as JSON. */
export const echo: Handler = async (request, response) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url = "", headers } = request;
  const received: Received = { method, url, headers: {}, body: Buffer.concat(chunks).toString("latin1") };
  for (const [name, value] of Object.entries(headers)) received.headers[name] = String(value);
  respond(response, 200, received);
};
