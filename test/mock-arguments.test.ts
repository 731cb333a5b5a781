import { expect, test } from "vitest";
import { readArguments, UsageError } from "../src/mock/arguments.js";

test.each([
  [["--port=65536"], '--port must be a whole number from 0 to 65535, but is "65536"'],
  [["--port", "-1"], '--port must be a whole number from 0 to 65535, but is "-1"'],
  [["--backups", "1e3"], '--backups must be a whole number from 0 to 100000, but is "1e3"'],
  [["--seed="], '--seed must be a whole number from 0 to 4294967295, but is ""'],
  [["--fail", "200"], '--fail must be a whole number from 400 to 599, but is "200"'],
  [["--fail", "503:0"], '--fail STATUS:N must be a whole number from 1 to 9007199254740991, but is "0"'],
  [["--watch=5"], "Option '--watch' does not take an argument"],
])("the mock command refuses the arguments %j", (args, message) => {
  expect(() => readArguments(["mock", ...args])).toThrow(new UsageError(message));
});

test("the arguments of the mock command become the options and the faults of a mock server", () => {
  const args = ["mock", "--port", "80", "--clusters=3", "--fail", "503:2", "--fail", "404", "--watch"];
  expect(readArguments(args)).toEqual({
    name: "mock",
    options: { port: 80, seed: 1, clusters: 3 },
    faults: [
      { status: 503, times: 2 },
      { status: 404, times: 1 },
    ],
    watch: true,
  });
});
