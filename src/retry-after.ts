/**
 * The wait that a `Retry-After` header asks for, in milliseconds: a number of seconds, or an HTTP date (RFC 9110, section
 * 10.2.3). A number with decimals is rounded up to a second. Proxies can add a header of their own: the longest wait
 * counts. Undefined for anything else, and for a time in the past. A date counts from the `Date` of the response, where
 * there is one, because the clock of this machine can be wrong.
 */
export function parseRetryAfter(headers: Headers | undefined): number | undefined {
  const values = headers?.get("retry-after")?.split(betweenValues) ?? [];
  const date = parseDate(headers?.get("date") ?? "");
  const now = Number.isNaN(date) ? Date.now() : date;
  const waits = values.map((value) => parseValue(value.trim(), now)).filter((wait) => wait >= 0);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** Each comma but the one after the weekday of a date. */
const betweenValues = /,(?!\s*\d\d[ -][a-z]{3})/i;

function parseValue(value: string, now: number): number {
  return /^\+?(\d+\.?\d*|\.\d+)$/.test(value) ? Math.ceil(Number(value)) * 1000 : parseDate(value) - now;
}

/** An HTTP date in milliseconds since the epoch; NaN for anything else. */
function parseDate(value: string): number {
  // Each form of date begins with a weekday and has a time: Date.parse alone takes "-5", and much more, for a date. And
  // it would take the oldest form, which names no time zone, for local time.
  const isDate = /^\w+,? [\w -]+ \d\d:\d\d:\d\d( GMT| \d{4})$/i.test(value);
  return isDate ? Date.parse(value.replace(/( GMT)?$/i, " GMT")) : Number.NaN;
}
