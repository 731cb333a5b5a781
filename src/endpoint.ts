import { refuse } from "./parameters.js";

/** Where a token may go, in the form that the URL standard gives a URL. */
const safe = /^(https:\/\/|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/)/;

/** @throws {InvalidArgumentError} unless requests can go below this URL; returns it without slashes at the end */
export function checkBaseUrl(value: string): string {
  const { origin, pathname, href } = new URL(URL.canParse(value) ? value : "no:url");
  // Neither a user name or a password, nor a query or a fragment.
  if (href === origin + pathname && safe.test(href)) return href.replace(/\/+$/, "");
  // Without what can be a password or a key.
  const shown = String(value)
    .replace(/:.*@/s, "://…@")
    .replace(/[?#].*/s, "?…");
  const rule = "https:, or http: on a loopback address, without user name, password, query or fragment";
  return refuse("baseUrl", rule, shown);
}
