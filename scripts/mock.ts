// Starts the mock server by the package's command. `--api NAME` serves another API of redocly.yaml, which the command
// does not read.
import { parseArgs } from "node:util";

const args = process.argv.slice(2);
const { tokens } = parseArgs({ options: { api: { type: "string" } }, strict: false, tokens: true });
const option = tokens.find((token) => token.kind === "option" && token.name === "api");

try {
  if (option?.kind === "option") {
    const { apiOf } = await import("./description/load.js");
    const { spec } = await apiOf(process.cwd(), option.value ?? "");
    args.splice(option.index, option.inlineValue ? 1 : 2, "--spec", spec);
  }
  process.argv.splice(2, Number.POSITIVE_INFINITY, "mock", ...args);
  await import("../src/cli.js");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
