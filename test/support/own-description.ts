// An API of the tests' own, with a listing and all methods, bodies and parameters, as the client knows it.
import type { Description } from "../../src/description.js";

/** A request as a server receives it; `echo` sends it back. */
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

interface Books {
  parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { shelfId: string } };
  requestBody?: never;
  responses: {
    200: {
      headers: { [name: string]: unknown };
      content: { "application/json": { books?: { id: string }[]; nextPageToken?: string } };
    };
    default: Responses["default"];
  };
}

export interface OwnPaths {
  "/v1/shelves/{shelfId}/books": { get: Books };
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

/** A list operation, and the parameters of its calls. */
export const path = "/v1/shelves/{shelfId}/books";
export const params = { path: { shelfId: "s1" } };

const operations: Description["operations"] = {
  [`GET ${path}`]: {
    path: { shelfId: id },
    query: { pageSize: { type: "integer", minimum: 0, maximum: 1000 }, pageToken: { type: "string", maxLength: 100 } },
    items: { books: { id: "string" } },
  },
  "GET /things": { query: { ids: {}, range, text: {} }, header },
  "POST /things": { header },
  "OPTIONS /things": {},
  ...Object.fromEntries(
    ["GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE"].map((method) => [`${method} /things/{id}`, { path: { id } }]),
  ),
};

export const ownDescription: Description = { server: "https://library.example", operations };
