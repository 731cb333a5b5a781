// The faults that a user asks the mock server for: statuses, with the examples of the description. Faults of the connection and
// of the body, which only this client's own tests need, are in test/support/faults.ts.
import { nearest } from "../nearest.js";
import { isObject } from "../unknown-value.js";
import { responseOf } from "./list-operations.js";
import type { HttpResponse, Operation, Preferences } from "./prism.js";
import type { MockFault } from "./types.js";

/** A fault of which the status is known. */
type Fault = MockFault & { readonly status: number };

/** The faults that wait for a request. */
export class Faults {
  readonly #waiting: (Fault & { left: number })[] = [];

  /**
   * @param operations in which {@link MockFault.code} is looked up
   * @throws {RangeError} naming the field, its limit and the value
   */
  add(fault: MockFault, operations: readonly Operation[]): void {
    checkNames(fault, ["status", "code", "times", "retryAfter", "at"]);
    if (fault.at) checkNames(fault.at, ["page"], "at.");
    const { code, times = 1, retryAfter, at } = fault;
    if (code !== undefined) checkWholeNumber("code", code, 0, 2 ** 31 - 1);
    const status = fault.status ?? statusOf(operations, code);
    checkWholeNumber("status", status, 400, 599);
    if (times !== Number.POSITIVE_INFINITY) checkWholeNumber("times", times, 1, Number.MAX_SAFE_INTEGER);
    if (retryAfter !== undefined) checkWholeNumber("retryAfter", retryAfter, 0, Number.MAX_SAFE_INTEGER);
    if (at !== undefined) checkWholeNumber("at.page", at.page, 1, Number.MAX_SAFE_INTEGER);
    this.#waiting.push({ ...fault, status, left: times });
  }

  /** Takes the fault that a request for this page gets: the oldest one for the page, or for any. */
  take(page: number | undefined): Fault | undefined {
    const index = this.#waiting.findIndex(({ at }) => at === undefined || at.page === page);
    const fault = this.#waiting[index];
    if (fault && --fault.left === 0) this.#waiting.splice(index, 1);
    return fault;
  }
}

/** The preferences that choose the example for a fault; undefined when its status is not described. */
export function readFault(operation: Operation, { status, code }: Fault): Preferences | undefined {
  const response = responseOf(operation, status);
  if (!response) return undefined;
  const example = response.contents?.[0]?.examples?.find((one) => "value" in one && codeOf(one.value) === code);
  return { code: status, ...(code !== undefined && example && { exampleKey: example.key }) };
}

/** The response for a fault, made from the described one. */
export function withFault({ status, code, retryAfter }: Fault, described?: HttpResponse): HttpResponse {
  const headers = Object.entries(described?.headers ?? {}).filter(([name]) => name.toLowerCase() !== "retry-after");
  if (retryAfter !== undefined) headers.push(["Retry-After", String(retryAfter)]);
  if (!described && code !== undefined) headers.push(["Content-Type", "application/json"]);
  const body = code === undefined ? described?.body : { ...Object(described?.body), code };
  return { statusCode: status, headers: Object.fromEntries(headers), body };
}

function statusOf(operations: readonly Operation[], code: number | undefined): number {
  const responses = operations.flatMap(({ responses }) => responses);
  const response = responses.find(({ code: status, contents }) => {
    return (
      /^[45]\d\d$/.test(status) &&
      contents?.some(({ examples }) => examples?.some((one) => "value" in one && codeOf(one.value) === code))
    );
  });
  if (code !== undefined && response) return Number(response.code);
  throw new RangeError(
    code === undefined
      ? "A fault must have a status or a code"
      : `The description has no example with the code ${code}, so the fault must have a status`,
  );
}

function codeOf(body: unknown): unknown {
  return isObject(body) ? body["code"] : undefined;
}

/** @throws {RangeError} for another name, with the one that it was probably meant to be */
function checkNames(options: object, names: readonly string[], prefix = ""): void {
  const name = Object.keys(options).find((one) => !names.includes(one));
  if (name === undefined) return;
  const meant = nearest(name, names);
  const hint = meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${prefix}${meant}?`;
  throw new RangeError(`${prefix}${name} is not an option; ${hint}`);
}

/** @throws {RangeError} unless `minimum <= value <= maximum` */
export function checkWholeNumber(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return;
  throw new RangeError(`${name} must be a whole number from ${minimum} to ${maximum}, but is ${value}`);
}
