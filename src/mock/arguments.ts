import { type ParseArgsConfig, parseArgs } from "node:util";
import type { MockOptions } from "../mock.js";
import { packageName } from "../package-name.js";

export const usage = `Usage: npx ${packageName} mock [options]

Serves the API as a mock, until it is stopped.

  --port N            listens on this port of 127.0.0.1; by default on a free one
  --backups N         makes up N backups, in place of the description's examples; other lists have such an option too
  --seed N            makes up other items
  --fail STATUS[:N]   lets the next request, or the next N, fail with this HTTP status; can be repeated
  --har FILE          records the requests and their responses
  --spec FILE         serves another description
  --watch             reads the description again when it changes
  --version           prints the version`;

/** A command line that cannot be used. */
export class UsageError extends Error {}

/** A command line that has been read. */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "version" }
  | {
      readonly name: "mock";
      readonly options: MockOptions;
      readonly faults: readonly { readonly status: number; readonly times: number }[];
      readonly watch: boolean;
    };

/**
 * Reads the arguments of the command.
 *
 * @throws {UsageError} that names the option, its limits and the value
 */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals, lists } = parse(args);
  if (values.help) return { name: "help" };
  if (values.version) return { name: "version" };
  if (positionals.join() !== "mock") throw new UsageError(usage);
  const options = {
    port: wholeNumber("port", values.port, 0, 65_535),
    seed: wholeNumber("seed", values.seed, 0, 2 ** 32 - 1),
    ...(values.har !== undefined && { har: values.har }),
    ...(values.spec !== undefined && { spec: values.spec }),
    ...Object.fromEntries(lists.map(([name, count]) => [name, wholeNumber(name, count, 0, 100_000)])),
  };
  const faults = values.fail.map((text) => {
    const [status, times = "1"] = text.split(/:(.*)/);
    return {
      status: wholeNumber("fail", status, 400, 599),
      times: wholeNumber("fail STATUS:N", times, 1, Number.MAX_SAFE_INTEGER),
    };
  });
  return { name: "mock", options, faults, watch: values.watch };
}

/** Parses the arguments. An unknown option must be a list of the description, which has not been read yet. */
function parse(args: readonly string[]) {
  const options = {
    port: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    fail: { type: "string", default: [], multiple: true },
    har: { type: "string" },
    spec: { type: "string" },
    watch: { type: "boolean", default: false },
    version: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  } satisfies NonNullable<ParseArgsConfig["options"]>;
  const names = args.flatMap((arg) => /^--([a-z]\w*)/i.exec(arg)?.[1] ?? []).filter((name) => !(name in options));
  const all: typeof options = { ...Object.fromEntries(names.map((name) => [name, { type: "string" }])), ...options };
  // Joined to its option, a negative number is a value, which the error can name, and not an option.
  const joined = args
    .join("\0")
    .replace(/\0(?=-\d)/g, "=")
    .split("\0");
  try {
    const { values, positionals } = parseArgs({ args: joined, options: all, allowPositionals: true });
    return { values, positionals, lists: Object.entries<unknown>(values).filter(([name]) => names.includes(name)) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, value: unknown, minimum: number, maximum: number): number {
  const number = Number(value);
  if (/^\d+$/.test(String(value)) && number >= minimum && number <= maximum) return number;
  throw new UsageError(
    `--${option} must be a whole number from ${minimum} to ${maximum}, but is ${JSON.stringify(value)}`,
  );
}
