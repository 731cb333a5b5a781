import { expect } from "vitest";

/** The reason for which a promise rejects. The test fails when it resolves. */
export function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable("the promise was resolved"),
    (reason: unknown) => reason,
  );
}

/** A promise with the function that resolves it; Node.js 20 lacks `Promise.withResolvers`. */
export function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
