import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs Redocly's command again and again, in a process of its own. */
export class Redocly {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL("redocly-process.js", import.meta.url)), {
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    silent: true,
  });

  readonly run = async (args: readonly string[]): Promise<void> => {
    const ended = once(this.#child, "exit").then(() => {
      throw new Error("Redocly has ended");
    });
    this.#child.send(args);
    await Promise.race([once(this.#child, "message"), ended]);
    ended.catch(() => {});
  };

  end(): void {
    this.#child.kill("SIGKILL");
  }
}
