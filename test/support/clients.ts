import createOpenapiClient, { type Client, type ClientOptions } from "openapi-fetch";
import { createClientFor } from "../../src/client.js";
import type { ClientOptions as OurOptions } from "../../src/index.js";
import { type OwnPaths, ownDescription, type Received } from "./own-description.js";
import { type Handler, respond } from "./server.js";

/** A client of this package for the API of the tests. */
export const createOwn = (options?: OurOptions): Client<OwnPaths> => createClientFor<OwnPaths>(ownDescription, options);

/** The options that both kinds of client have. */
export interface SharedOptions extends Omit<ClientOptions, "baseUrl"> {
  baseUrl: string;
}

type Created = readonly [string, (options: SharedOptions) => Client<OwnPaths>];
const ours: Created = ["a client of this package", (options) => createOwn({ token: "t", ...options })];
const plain: Created = ["a plain openapi-fetch client", (options) => createOpenapiClient<OwnPaths>(options)];

/** A client of this package has the behaviour that openapi-fetch documents. With `CI=true`, a plain client shows that a test is right. */
export const clients: readonly Created[] = process.env["CI"] ? [ours, plain] : [ours];

/** Sends back what it receives. */
export const echo: Handler = async (request, response) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url = "", headers } = request;
  const received: Received = { method, url, headers: {}, body: Buffer.concat(chunks).toString("latin1") };
  for (const [name, value] of Object.entries(headers)) received.headers[name] = String(value);
  respond(response, 200, received);
};
