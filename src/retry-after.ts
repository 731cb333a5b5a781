/**
 * What a `Retry-After` header asks for, in milliseconds: a whole number of seconds, or an HTTP date (RFC 9110, section
 * 10.2.3). Undefined for anything else, and for a time that is over.
 */
export function parseRetryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Each form of date begins with a weekday and has a time: Date.parse alone takes "-5", and much more, for a date. And
  // it would take the oldest form, which names no zone, for a time in the machine's own.
  const wait = /^\w+,? [\w -]+ \d\d:\d\d:\d\d( GMT| \d{4})$/.test(value)
    ? Date.parse(value.replace(/( GMT)?$/, " GMT")) - Date.now()
    : -1;
  return wait >= 0 ? wait : undefined;
}
