import { refuse } from "./parameters.js";

const safe = /^(https:\/\/|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/)/;

/** @throws {InvalidArgumentError} unless a token may be sent to this URL, in the form that the URL standard gives it */
export function checkSafe(href: string): void {
  if (!safe.test(href)) refuseUrl(new URL(href).origin);
}

/** @throws {InvalidArgumentError} unless requests can go below this URL; returns it without slashes at the end */
export function checkBaseUrl(value: string): string {
  const { origin, pathname, href } = URL.canParse(value) ? new URL(value) : { origin: "", pathname: "", href: "" };
  // Neither a user name or a password, nor a query or a fragment.
  if (href !== origin + pathname || !safe.test(href)) refuseUrl(value);
  return href.replace(/\/+$/, "");
}

function refuseUrl(value: string): never {
  // Without what can be a password or a key.
  const shown = String(value)
    .replace(/:.*@/s, "://…@")
    .replace(/[?#].*/s, "?…");
  const rule = "https:, or http: on a loopback address, without user name, password, query or fragment";
  return refuse("baseUrl", rule, shown);
}
