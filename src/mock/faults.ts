import type { Answer, Operation } from "./prism.js";
import type { MockFault } from "./types.js";

interface Waiting extends MockFault {
  readonly status: number;
  left: number;
}

/** The failures that are still to be answered. */
export class Faults {
  readonly #waiting: Waiting[] = [];

  /**
   * @param operations what {@link MockFault.code} is looked up in
   * @throws {RangeError} naming what cannot be used, its limit and the value
   */
  add(fault: MockFault, operations: readonly Operation[]): void {
    const { code, times = 1, retryAfter, at } = fault;
    if (code !== undefined) checkWholeNumber("code", code, 0, 2 ** 31 - 1);
    const status = fault.status ?? statusOf(operations, code);
    checkWholeNumber("status", status, 400, 599);
    if (times !== Number.POSITIVE_INFINITY) checkWholeNumber("times", times, 1, Number.MAX_SAFE_INTEGER);
    if (retryAfter !== undefined) checkWholeNumber("retryAfter", retryAfter, 0, Number.MAX_SAFE_INTEGER);
    if (at !== undefined) checkWholeNumber("at.page", at.page, 1, Number.MAX_SAFE_INTEGER);
    this.#waiting.push({ ...fault, status, left: times });
  }

  /** The failure that a request for this page gets: of those that fit, the one that was added first. */
  take(page: number | undefined): (MockFault & { readonly status: number }) | undefined {
    const index = this.#waiting.findIndex(({ at }) => at === undefined || at.page === page);
    const fault = this.#waiting[index];
    if (fault && --fault.left === 0) this.#waiting.splice(index, 1);
    return fault;
  }
}

/** The example of a status with this gRPC code, or its first; undefined when the description does not declare the status. */
export function exampleOf(
  operation: Operation,
  status: number,
  code: number | undefined,
): { key?: string } | undefined {
  const response = operation.responses.find((one) => one.code === String(status));
  if (!response) return undefined;
  const example = response.contents?.[0]?.examples?.find((one) => "value" in one && codeOf(one.value) === code);
  return code !== undefined && example ? { key: example.key } : {};
}

/** What the example becomes for a fault. */
export function withFault({ status, code, retryAfter }: MockFault & { status: number }, example?: Answer): Answer {
  const headers = Object.entries(example?.headers ?? {}).filter(([name]) => name.toLowerCase() !== "retry-after");
  if (retryAfter !== undefined) headers.push(["Retry-After", String(retryAfter)]);
  if (!example && code !== undefined) headers.push(["Content-Type", "application/json"]);
  const body = code === undefined ? example?.body : { ...Object(example?.body), code };
  return { statusCode: status, headers: Object.fromEntries(headers), body };
}

function statusOf(operations: readonly Operation[], code: number | undefined): number {
  const responses = operations.flatMap(({ responses }) => responses);
  const response = responses.find(({ contents }) => {
    return contents?.some(({ examples }) => examples?.some((one) => "value" in one && codeOf(one.value) === code));
  });
  if (code !== undefined && response) return Number(response.code);
  throw new RangeError(
    code === undefined
      ? "A fault must have a status or a code"
      : `The description has no example with the code ${code}, so the fault must have a status`,
  );
}

function codeOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}

/** @throws {RangeError} unless `minimum <= value <= maximum` */
export function checkWholeNumber(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return;
  throw new RangeError(`${name} must be a whole number from ${minimum} to ${maximum}, but is ${value}`);
}
