/**
 * The wait that a `Retry-After` header asks for, in milliseconds: a whole number of seconds, or an HTTP date (RFC 9110,
 * section 10.2.3). Undefined for anything else, and for a time in the past. A date counts from the `Date` of the response,
 * where there is one, because the clock of this machine can be wrong.
 */
export function parseRetryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = parseDate(value) - (parseDate(headers?.get("date") ?? "") || Date.now());
  return wait >= 0 ? wait : undefined;
}

/** An HTTP date in milliseconds since the epoch; NaN for anything else. */
function parseDate(value: string): number {
  // Each form of date begins with a weekday and has a time: Date.parse alone takes "-5", and much more, for a date. And
  // it would take the oldest form, which names no zone, for a time in the machine's own.
  const isDate = /^\w+,? [\w -]+ \d\d:\d\d:\d\d( GMT| \d{4})$/.test(value);
  return isDate ? Date.parse(value.replace(/( GMT)?$/, " GMT")) : Number.NaN;
}
