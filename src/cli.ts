#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type ParseArgsConfig, parseArgs } from "node:util";

// Read at once: Prism takes seconds to load, and npm can be gone by then.
const parent = process.ppid;

const usage = `Usage: npx managed-mysql-client mock [options]

Serves the API as a mock, until it is stopped.

  --port N            listens on this port of 127.0.0.1; by default on a free one
  --backups N         makes up N backups, in place of the description's examples; other lists have such an option too
  --seed N            makes up others
  --fail STATUS[:N]   lets the next request, or the next N, fail with this HTTP status; can be repeated
  --spec FILE         serves another description
  --watch             reads the description again when it changes
  --version           prints the version`;

/** A command line that cannot be used. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals, lists } = parse(args);
  if (values.help) return console.log(usage);
  if (values.version) return console.log(version());
  if (positionals.join() !== "mock") throw new UsageError(usage);
  const options = {
    port: wholeNumber("port", values.port, 0, 65_535),
    seed: wholeNumber("seed", values.seed, 0, 2 ** 32 - 1),
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

  // There is no handler of signals: while Prism loads it could not run, and Ctrl-C would do nothing.
  // This keeps the process alive. npm passes a signal on to its shell, which ends without telling us: then a new parent
  // has adopted this process.
  setInterval(() => process.env["npm_lifecycle_event"] && process.ppid !== parent && process.exit(), 100);

  console.log("Loading Prism …");
  const { start } = await import("./mock.js");
  const mock = await start(options);
  for (const fault of faults) mock.fail(fault);
  console.log(`The mock server listens on ${mock.url}\n`);
  for (const path of mock.examplePaths) {
    const curl = `  curl -H "Authorization: Bearer any" "${mock.url}${path}`;
    console.log("The first page, and the one after it (append the nextPageToken of the response):");
    console.log(`${curl}"\n${curl}${path.includes("?") ? "&" : "?"}pageToken="\n`);
  }
  console.log('For an error, add -H "Prefer: code=503", or start it with --fail 503:2. Ctrl-C stops it.');
  if (values.watch) {
    const { watchFiles } = await import("./mock/watch.js");
    watchFiles(mock.files, mock.reload);
  }
}

function version(): string {
  const file = createRequire(import.meta.url).resolve("managed-mysql-client/package.json");
  return JSON.parse(readFileSync(file, "utf8")).version;
}
/** Parses the arguments. An unknown option must be a list of the description, which has not been read yet. */
function parse(args: readonly string[]) {
  const options = {
    port: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    fail: { type: "string", default: [], multiple: true },
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

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof UsageError || error instanceof RangeError ? 2 : 1);
}
