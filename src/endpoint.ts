import { InvalidArgumentError } from "./errors.js";

/** @throws {InvalidArgumentError} unless requests can go below this URL; returns it without slashes at the end */
export function checkBaseUrl(value: string): string {
  if (!URL.canParse(value)) {
    // Without what can be a password or a key.
    const shown = String(value)
      .replace(/\/\/.*@/, "//…@")
      .replace(/[?#].*/, "…");
    throw new InvalidArgumentError("baseUrl", `must be an absolute URL, but is ${JSON.stringify(shown)}`);
  }
  const url = checkSafe(value);
  if (url.username || url.password) {
    throw new InvalidArgumentError("baseUrl", "must not hold a user name or a password");
  }
  if (url.search || url.hash) {
    throw new InvalidArgumentError("baseUrl", "must end with its path, but has a query or a fragment");
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** @throws {InvalidArgumentError} unless a token may be sent to this URL */
export function checkSafe(value: string): URL {
  const url = new URL(value);
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback)) return url;
  const rule = "must be https:, or http: on a loopback address, because a token is sent to it";
  throw new InvalidArgumentError("baseUrl", `${rule}, but is ${url.protocol}//${url.host}`);
}
