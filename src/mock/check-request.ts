import { validateHeaderName, validateHeaderValue } from "node:http";
import { type HttpRequest, type HttpResponse, type Operation, type Preferences, problem } from "./prism.js";

/** Returns the problem of a request that Prism accepts; undefined when it is valid. */
export function checkRequest(operation: Operation, request: HttpRequest): string | undefined {
  const { path, query = {} } = request.url;
  // A client that resolves it requests another path.
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return `${path} has a dot segment`;
  for (const { name, style, explode, required } of operation.request?.query ?? []) {
    if (style === "deepObject") {
      if (name in query) return `the parameter ${name} must be sent as ${name}[…]`;
      if (required && !Object.keys(query).some((key) => key.startsWith(`${name}[`))) return `${name}[…] is required`;
    } else if (Array.isArray(query[name]) && !explode) return `the parameter ${name} must be sent once`;
  }
  return undefined;
}

/** Returns the headers that Node.js cannot send, such as one with a line break, and a status that is not final. */
export function checkHeaders({ statusCode, headers = {} }: HttpResponse): string[] {
  const problems = statusCode >= 200 && statusCode <= 599 ? [] : [`${statusCode} is not a status of a final response`];
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      problems.push(`the header ${name} cannot be sent: ${error instanceof Error ? error.message : error}`);
    }
  }
  return problems;
}

/** Reads the header `Prefer`, for example `code=503` or `example=emptyList`. */
export function readPreferences(header = ""): Preferences {
  const pairs = header.split(/[,;]/).map((part) => part.trim().replaceAll('"', "").split("="));
  const { code, example, dynamic } = Object.fromEntries(pairs);
  if (code !== undefined && !/^[2-5]\d\d$/.test(code)) {
    throw problem(422, `Prefer: code must be a status from 200 to 599, but is ${code}`);
  }
  return {
    ...(dynamic === "true" && { dynamic: true }),
    ...(code && { code: Number(code) }),
    ...(example && { exampleKey: example }),
  };
}
