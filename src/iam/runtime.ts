/** As much of Node.js as is used here. Bun and Deno have it, too; a browser does not. */
declare const process: Runtime | undefined;

interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `import` would make a bundler for browsers fail. */
  getBuiltinModule?(name: "node:fs/promises"): { readFile(path: string | URL): Promise<Uint8Array> };
}

export const runtime: Runtime | undefined = typeof process === "undefined" ? undefined : process;

/**
 * The value of an environment variable; undefined when it is not set, or empty. Quotes around it are removed: a shell
 * does that, and the env files of Docker and of some CI systems do not.
 */
export function variable(name: string): string | undefined {
  const value = runtime?.env[name]?.trim();
  return value?.replace(/^(["'])([^"'\\]*)\1$/, "$2").trim() || undefined;
}
