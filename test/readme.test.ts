// The README's and the mock server's snippets that state a result.
import { expect, test, vi } from "vitest";
import { isRetryable } from "../src/retry-policy.js";
import fc from "./support/random.js";
import { readme, runSnippet } from "./support/readme.js";

const loadNanoseconds = async () =>
  (await runSnippet<{ nanoseconds(time: string): bigint }>("nanoseconds(")).nanoseconds;

/** A time as protobuf's JSON has it: 0, 3, 6 or 9 digits after the second; other servers trim zeros, or have an offset. */
function textOf(seconds: number, nanos: number, offset: number): string {
  const fraction = String(nanos).padStart(9, "0").replace(/0+$/, "");
  const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
    String(n).padStart(2, "0"),
  );
  return `${local}${fraction && `.${fraction}`}${offset === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${hours}:${minutes}`}`;
}
const instant = fc.tuple(
  fc.integer({ min: -(2 ** 31), max: 2 ** 33 }),
  fc.oneof(fc.constantFrom(0, 1, 999_999_999, 120_000_000), fc.integer({ min: 0, max: 999_999_999 })),
  fc.integer({ min: -14 * 60, max: 14 * 60 }),
);

test("the README's nanoseconds of a time are exact, with a fraction of any length and any offset", async () => {
  const nanoseconds = await loadNanoseconds();
  fc.assert(
    fc.property(instant, ([seconds, nanos, offset]) => {
      expect(nanoseconds(textOf(seconds, nanos, offset))).toBe(BigInt(seconds) * 10n ** 9n + BigInt(nanos));
    }),
  );
});

test("the README's nanoseconds sort times that differ by a nanosecond, where texts are in another order", async () => {
  const nanoseconds = await loadNanoseconds();
  const times = [
    "2026-11-02T10:00:00Z",
    "2026-11-02T10:00:00.000000001Z",
    "2026-11-02T10:00:00.5Z",
    "2026-11-02T11:00:00.500000001+01:00",
  ];
  expect(times.toReversed().sort((a, b) => Number(nanoseconds(a) - nanoseconds(b)))).toEqual(times);
  expect([...times].sort()).not.toEqual(times);
});

test("the mock guide's client for a unit test lists the given items, without a token and a network", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await runSnippet("Response.json");
  expect(log.mock.calls).toEqual([[[{ id: "1", size: "1024" }]]]);
});

test("the README names all statuses after which a GET is repeated, and only these", () => {
  const [, sentence = ""] = /or a status of (.*?)\. The/s.exec(readme) ?? [];
  const statuses = Array.from({ length: 500 }, (_, index) => index + 100);
  expect(sentence.match(/\d+/g)?.map(Number)).toEqual(statuses.filter(isRetryable));
});
