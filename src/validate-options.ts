// Validates the options of a client and of a call.
import type { HeadersOptions } from "openapi-fetch";
import type { ClientOptions } from "./client.js";
import { InvalidArgumentError } from "./errors.js";
import { nearest } from "./nearest.js";
import { kindOf } from "./unknown-value.js";

/** The options of a client that a call does not have. */
const ofClient = ["token", "timeout", "retry", "maxResponseSize", "onResponse", "onRetry"];
const serializers = ["querySerializer", "bodySerializer", "pathSerializer"];

/** The options of a client that are not those of a Request. */
const clientOptions = [
  ...ofClient,
  ...serializers,
  "baseUrl",
  "fetch",
  "headers",
  "signal",
  "Request",
  "requestInitExt",
];

/** The kinds of the options that nothing else validates. */
const kinds = Object.entries({
  fetch: "a function",
  onResponse: "a function",
  onRetry: "a function",
  headers: "an object",
  signal: "an AbortSignal",
});

type HeaderValue = Extract<HeadersOptions, Record<string, unknown>>[string];

/** A URL that a token may be sent to, in the form that the URL standard gives it. */
const safeUrl = /^(https:\/\/|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/)/;

/**
 * Validates a base URL, and removes the slashes at its end.
 *
 * @throws {InvalidArgumentError} when a token must not be sent to it
 */
export function validateBaseUrl(value: string, name = "baseUrl"): string {
  const { origin, pathname, href } = new URL(URL.canParse(value) ? value : "no:url");
  // It has neither a user name or a password, nor a query or a fragment.
  if (href === origin + pathname && safeUrl.test(href)) return href.replace(/\/+$/, "");
  const rule = "https:, or http: on a loopback address, without user name, password, query or fragment";
  // The rest of it can be a secret.
  throw new InvalidArgumentError(name, `must be ${rule}, but is ${origin === "null" ? "not such a URL" : origin}`);
}

/**
 * Validates headers, and returns a copy of them. openapi-fetch would send pairs under the names 0, 1 and so on, or drop
 * them.
 *
 * @throws {InvalidArgumentError} naming the header that HTTP does not allow; the message does not show its value
 */
export function validateHeaders(headers: HeadersOptions = {}): Record<string, HeaderValue> {
  const copy: Record<string, HeaderValue> = arePairs(headers) ? {} : { ...headers };
  for (const [name, value] of arePairs(headers) ? headers : Object.entries(copy)) {
    try {
      new Headers([[name, String(value)]]);
    } catch {
      throw new InvalidArgumentError("headers", `must be valid in HTTP, but ${JSON.stringify(name)} is not`);
    }
  }
  return arePairs(headers) ? Object.fromEntries(new Headers(headers)) : copy;
}

/** Whether headers are iterated as pairs: a list, a `Map`, or the `Headers` of this run time or of a library. */
const arePairs = (headers: HeadersOptions): headers is [string, string][] | Headers =>
  Symbol.iterator in Object(headers);

/**
 * Reads the options of a client, also those that an object inherits or a class has getters for.
 *
 * @throws {InvalidArgumentError} for a misspelt name or a value of another kind
 */
export function readOptions(given: ClientOptions): ClientOptions {
  const names = clientOptions.filter((name) => name in given);
  for (const name in given) names.push(name);
  const options = Object.fromEntries(names.map((name) => [name, Reflect.get(given, name)]));
  validateNames(options, clientOptions, true);
  validateKinds(options);
  return options;
}

/** @throws {InvalidArgumentError} naming an option of another kind, or in a call, one of a client */
export function validateKinds(given: object, isCall = false): void {
  const options: Readonly<Record<string, unknown>> = Object(given);
  const misplaced = isCall && ofClient.find((name) => options[name] != null);
  if (misplaced) throw new InvalidArgumentError(misplaced, "is for createClient only");
  for (const [name, kind] of kinds) {
    const value = options[name];
    const found = "throwIfAborted" in Object(value) ? "AbortSignal" : typeof value;
    if (value != null && !kind.endsWith(found))
      throw new InvalidArgumentError(name, `must be ${kind}, but is ${kindOf(value)}`);
  }
}

/**
 * Validates the names of options.
 *
 * @param isOpen whether other names are allowed, unless one of these names was probably meant
 * @throws {InvalidArgumentError} naming the option, and the one that it was probably meant to be
 */
export function validateNames(options: object, names: readonly string[], isOpen = false, prefix = ""): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    const hint = meant === undefined ? `; there are ${names.join(", ")}` : `; did you mean ${prefix}${meant}?`;
    if (meant !== undefined || !isOpen) throw new InvalidArgumentError(prefix + name, `is not an option${hint}`);
  }
}
