import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sample } from "./suite.js";

/** Samples the time in which a fresh process imports a module, in milliseconds. */
export function importTime(specifier: string): Sample {
  const code = `const begin = performance.now(); await import("${specifier}"); console.log(performance.now() - begin);`;
  return async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code]);
    return Number(stdout);
  };
}
