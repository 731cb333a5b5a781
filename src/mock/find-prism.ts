import { createRequire } from "node:module";
import path from "node:path";
import { packageName } from "../package-name.js";

/**
 * Finds Prism, an optional peer dependency: where this package is installed, or else where the process was started, because
 * a package that is linked, or that npx fetched, lies in another folder than the project that has Prism.
 *
 * @param places files, from each of which it is looked for as `require` does
 * @throws {Error} that says how to install it
 */
export function findPrism(places: readonly string[] = [import.meta.url, path.resolve("package.json")]): string {
  const causes: unknown[] = [];
  for (const place of places) {
    try {
      return createRequire(place).resolve("@stoplight/prism-http");
    } catch (cause) {
      causes.push(cause);
    }
  }
  throw new Error(
    `The mock server of ${packageName} runs on Prism, which is not installed: npm i -D @stoplight/prism-http@5.12.0 ` +
      `(pnpm add -D, yarn add -D), in the package that depends on ${packageName}`,
    { cause: causes[0] },
  );
}
