// The only door to Prism, which is an optional peer dependency: nothing but the mock server loads it.
import { createRequire } from "node:module";
import type * as PrismCore from "@stoplight/prism-core";
import type * as PrismHttp from "@stoplight/prism-http";

export type Components = PrismHttp.PrismHttpComponents;
/** One operation of the description, as Prism reads it. */
export type Operation = Parameters<Components["mock"]>[0]["resource"];
export type Request = PrismHttp.IHttpRequest;
export type Answer = PrismHttp.IHttpResponse;
/** What a request prefers of the answers that there are. */
export type Preferences = PrismHttp.IHttpOperationConfig;
export type Settings = PrismHttp.IHttpConfig;

const require = createRequire(import.meta.url);

export const prismHttp: typeof PrismHttp = load();

// Prism takes replacements for these two, but exports its own nowhere else.
const mocker: { default: Components["mock"] } = require("@stoplight/prism-http/dist/mocker/index.js");
const validator: Pick<Components, "validateOutput"> = require("@stoplight/prism-http/dist/validator/index.js");
export const prismMock: Components["mock"] = mocker.default;
export const validateOutput: Components["validateOutput"] = validator.validateOutput;

const ofPrism = createRequire(require.resolve("@stoplight/prism-http"));
const { createLogger }: typeof PrismCore = ofPrism("@stoplight/prism-core");
export const logger: Components["logger"] = createLogger("mock", { level: "silent" });

/** The files that a description consists of. */
export async function filesOf(spec: string): Promise<string[]> {
  const parser: { resolve(spec: string): Promise<{ paths(): string[] }> } = ofPrism(
    "@stoplight/json-schema-ref-parser",
  );
  return (await parser.resolve(spec)).paths();
}

/** Both sides must keep to the description: a request that does not gets a failure, and an answer becomes one. */
export const strict = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: true,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

function load(): typeof PrismHttp {
  try {
    return require("@stoplight/prism-http");
  } catch (cause) {
    if (!String(cause).includes("'@stoplight/prism-http'")) throw cause; // it is there, and something else is wrong
    throw new Error(
      "The mock server of managed-mysql-client runs on Prism, which is not installed: npm i -D @stoplight/prism-http@5.12.0",
      { cause },
    );
  }
}
