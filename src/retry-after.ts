/**
 * What a `Retry-After` header asks for, in milliseconds: a whole number of seconds, or an HTTP date (RFC 9110, section
 * 10.2.3). Undefined for anything else, and for a time that is over.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // Date.parse alone takes "-5", and much more, for a date; and the oldest of the three forms, which names no zone, for
  // one in the machine's own.
  const isDate = /^\w+, \d{2}[ -]\w{3}[ -](\d{4}|\d{2}) [\d:]{8} GMT$|^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/.test(
    header,
  );
  const wait = isDate ? Date.parse(header.replace(/(?<!GMT)$/, " GMT")) - now : -1;
  return wait >= 0 ? wait : undefined;
}
