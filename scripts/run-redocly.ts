import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
// Both would wait for a network that a build may lack.
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/**
 * Runs a command of Redocly that its library lacks.
 *
 * @param nodeOptions options of Node.js
 * @throws {Error} with its error output, when it fails
 */
export async function runRedocly(args: readonly string[], nodeOptions: readonly string[] = []): Promise<void> {
  const child = spawn(process.execPath, [...nodeOptions, command, ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (status !== 0) throw new Error(`redocly ${args[0]} failed:\n${stderr}`);
}
