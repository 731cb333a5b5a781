// A later description, with the methods, bodies and parameters that the description does not have yet.
import { type Description, description } from "../../src/description.js";
import type { paths } from "../../src/index.js";

/** What a server receives, which `echo` sends back. */
export interface Received {
  method: string;
  url: string;
  headers: { [name: string]: string };
  body: string;
}

interface Responses {
  200: { headers: { [name: string]: unknown }; content: { "application/json": Received } };
  default: { headers: { [name: string]: unknown }; content: { "application/json": { message: string } } };
}
interface Operation<Query, Body = never> {
  parameters: { query?: Query; header?: { "x-trace"?: string }; path?: never; cookie?: never };
  requestBody: { content: { "application/json": Body } };
  responses: Responses;
}
interface ById {
  parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
  responses: Responses;
}
interface Bodiless extends ById {
  requestBody?: never;
}
interface WithBody extends ById {
  requestBody: { content: { "application/json": AnyBody } };
}
interface Filter {
  ids?: number[];
  range?: { from: number; to: number };
  text?: string;
}
/** Whatever a body serializer takes. */
type AnyBody = { [field: string]: unknown } | string | Blob | FormData | ArrayBuffer | ReadableStream;

export interface LaterPaths extends paths {
  "/things": {
    get: Omit<Operation<Filter>, "requestBody">;
    post: Operation<never, AnyBody>;
    options: Operation<never, AnyBody>;
  };
  "/things/{id}": {
    get: Bodiless;
    put: WithBody;
    patch: WithBody;
    delete: Bodiless;
    head: Bodiless;
    trace: Bodiless;
  };
}

const id = { required: true, type: "string", maxLength: 50 } as const;
const range = { type: "object", properties: { from: { type: "integer" }, to: { type: "integer" } } } as const;
const header = { "x-trace": { type: "string" } } as const;

const later: Description["operations"] = {
  "GET /things": { query: { ids: {}, range, text: {} }, header },
  "POST /things": { header },
  "OPTIONS /things": {},
  ...Object.fromEntries(
    ["GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE"].map((method) => [`${method} /things/{id}`, { path: { id } }]),
  ),
};

export const laterDescription: Description = {
  ...description,
  operations: { ...description.operations, ...later },
};
