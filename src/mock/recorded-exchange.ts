// Converts a request and a response of the mock server for a HAR. The recorder itself must not name the types of Prism,
// because its own types are public.
import type { Exchange } from "./har.js";
import type { HttpRequest, HttpResponse } from "./prism.js";

export function exchangeOf(
  server: string,
  request: HttpRequest,
  { statusCode, headers, body }: HttpResponse,
): Omit<Exchange, "started"> {
  const query = Object.entries(request.url.query ?? {}).flatMap(([name, values]) =>
    [values ?? ""].flat().map((value) => [name, value]),
  );
  const textOf = (value: unknown) => (typeof value === "string" ? value : value == null ? "" : JSON.stringify(value));
  return {
    method: request.method.toUpperCase(),
    url: `${server}${request.url.path}?${new URLSearchParams(query)}`.replace(/\?$/, ""),
    requestHeaders: Object.entries(request.headers ?? {}),
    requestBody: textOf(request.body),
    status: statusCode,
    headers: Object.entries(headers ?? {}),
    body: textOf(body),
  };
}
