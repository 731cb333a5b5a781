/** As much of Node.js as is used here. Bun and Deno have it, too; a browser does not. */
declare const process: Runtime | undefined;

interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `import` would make a bundler for browsers fail. */
  getBuiltinModule?(name: "node:fs/promises"): { readFile(path: string, encoding: "utf8"): Promise<string> };
}

export const runtime: Runtime | undefined = typeof process === "undefined" ? undefined : process;

/** The value of an environment variable; undefined when it is not set, or empty. */
export function variable(name: string): string | undefined {
  return runtime?.env[name]?.trim() || undefined;
}
