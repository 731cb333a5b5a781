import { expect, test, vi } from "vitest";
import { parseRetryAfter } from "../src/retry-after.js";

test.each<[string | string[], number | undefined]>([
  ["0", 0],
  ["61", 61_000],
  ["1.5", 2000],
  [".5", 1000],
  ["2.", 2000],
  ["+3", 3000],
  ["9".repeat(310), Number.POSITIVE_INFINITY],
  [["2", "10"], 10_000],
  [["-5", "1.5"], 2000],
  ["1, 3 ,2", 3000],
  ["Thu, 01 Oct 2048 08:28:00 GMT", 3_600_000],
  [["1", "Thu, 01 Oct 2048 07:28:05 GMT"], 5000],
  ["Thursday, 01-Oct-48 07:28:05 GMT", 5000], // older forms of date
  ["Thu Oct  1 07:28:09 2048", 9000],
  [["Thursday, 01-Oct-48 07:28:05 GMT", "Thu Oct  1 07:28:09 2048"], 9000],
  ["thu, 01 oct 2048 07:28:05 gmt", 5000],
  ["-5", undefined],
  ["1e1", undefined],
  ["soon", undefined],
  ["2099-01-01", undefined],
  ["", undefined],
  ["Wed, 21 Oct 2015 07:28:00 GMT", undefined],
  ["X:Y 3000", undefined],
  ["Wed, 21 Oct 2099 07:28:00 +0300", undefined],
])("the Retry-After %j asks for a wait of %s ms", (value, wait) => {
  const headers = new Headers({ date: "Thu, 01 Oct 2048 07:28:00 GMT" });
  for (const one of [value].flat()) headers.append("retry-after", one);
  expect(parseRetryAfter(headers)).toBe(wait);
});

test("a Retry-After date counts from the clock of this machine when the response has no Date", () => {
  vi.spyOn(Date, "now").mockReturnValue(Date.parse("2048-10-01T07:28:00Z"));
  expect(parseRetryAfter(new Headers({ "retry-after": "Thu, 01 Oct 2048 07:28:05 GMT" }))).toBe(5000);
});
