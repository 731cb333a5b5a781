// The only module that imports Prism, by its exports alone. Prism is an optional peer dependency and takes seconds to
// load, so this module is imported when a server starts, not before.
import { STATUS_CODES } from "node:http";
import { createRequire } from "node:module";
import type * as PrismCore from "@stoplight/prism-core";
import type * as PrismHttp from "@stoplight/prism-http";
import { findPrism } from "./find-prism.js";

export type HttpRequest = PrismHttp.IHttpRequest;
export type HttpResponse = PrismHttp.IHttpResponse;
type Components = PrismHttp.PrismHttpComponents;
type Settings = PrismHttp.IHttpConfig;
/** An operation of the description, as Prism reads it. */
export type Operation = Parameters<Components["mock"]>[0]["resource"];
/** Which of the described responses Prism gives. */
export type Preferences = Partial<PrismHttp.IHttpOperationConfig>;

const file = findPrism();

/**
 * Loads a package that Prism depends on, which need not be installed beside it. This relies on Prism's dependencies,
 * which are not documented: test/mock-files.test.ts fails when they change.
 */
export const loadFromPrism = createRequire(file);
const prism: typeof PrismHttp = load();
const { ProblemJsonError } = prism;
const { createLogger }: typeof PrismCore = loadFromPrism("@stoplight/prism-core");
const logger = createLogger("mock", { level: "silent" });

/** Reads the operations of a description: of a file, or of one in which every reference has been followed. */
export async function readOperations(description: string | object): Promise<Operation[]> {
  const operations = await prism.getHttpOperationsFromSpec(description);
  return operations.map(({ callbacks, ...operation }) => ({
    ...operation, // without callbacks: Prism would send requests to their URLs
    request: { ...operation.request, query: (operation.request?.query ?? []).map(withExplode) },
  }));
}

/** Prism takes the default of `explode` for false, which is true for the style `form`. */
function withExplode<Parameter extends { style: string; explode?: boolean }>(parameter: Parameter): Parameter {
  return { ...parameter, explode: parameter.explode ?? parameter.style === "form" };
}

/** Finds the operation that a request is for. @throws {Error} when there is none, for {@link problemResponse} */
export async function findOperation(operations: readonly Operation[], request: HttpRequest): Promise<Operation> {
  const found: Operation[] = [];
  const mock: Components["mock"] = ({ resource }) => {
    found.push(resource); // Prism has chosen it before it asks for a response
    return () => ({ _tag: "Right", right: { statusCode: 200 } });
  };
  await send(operations, request, {}, { mock });
  const [operation] = found;
  if (!operation) throw new Error(`Prism found no operation for ${request.url.path}`);
  return operation;
}

/**
 * Gives the response that Prism makes from the description, and the problems of the request.
 *
 * @param validate whether an invalid request gets the failure that is described for it
 */
export async function mockResponse(
  operation: Operation,
  request: HttpRequest,
  preferences: Preferences,
  validate: boolean,
): Promise<{ response: HttpResponse; problems: string[] }> {
  const settings = { mock: { dynamic: false, ...preferences }, checkSecurity: validate, validateRequest: validate };
  const { output, validations } = await send([operation], encoded(operation, request), settings);
  const headers = Object.entries<unknown>(output.headers ?? {}).map(([name, value]) => [name, headerText(value)]);
  const response = { ...output, headers: Object.fromEntries(headers.filter(([, value]) => value !== undefined)) };
  return { response, problems: validations.input.map(({ message }) => message) };
}

/** The text of a header's example; undefined when there is none. */
function headerText(example: unknown): string | undefined {
  if (example === null || example === undefined) return undefined;
  return typeof example === "object" && !Array.isArray(example) ? JSON.stringify(example) : String(example);
}

/** Finds where a response violates the description. */
export async function findViolations(operation: Operation, request: HttpRequest, response: HttpResponse) {
  if (request.method === "head") return []; // Prism misses the body
  const mock: Components["mock"] = () => () => ({ _tag: "Right", right: response });
  const { validations } = await send([operation], request, { validateResponse: true }, { mock });
  return validations.output.filter(({ severity }) => severity === 0);
}

/** The request, with the separators that Prism looks for: no comma in the path, and `%20` in the style `spaceDelimited`. */
function encoded(operation: Operation, request: HttpRequest): HttpRequest {
  const { path, query = {} } = request.url;
  const spaced = new Set(
    operation.request?.query?.filter(({ style }) => style === "spaceDelimited").map(({ name }) => name),
  );
  const values = Object.entries(query).map(([name, value]) => {
    return [name, spaced.has(name) && typeof value === "string" ? value.replaceAll(" ", "%20") : value];
  });
  return { ...request, url: { path: path.replaceAll(",", "%2C"), query: Object.fromEntries(values) } };
}

async function send(
  operations: readonly Operation[],
  request: HttpRequest,
  settings: Partial<Settings>,
  components: Partial<Components> = {},
) {
  const instance = prism.createInstance({ ...lenient, ...settings, isProxy: false }, { ...components, logger });
  const result = await instance.request(request, [...operations])();
  if (result._tag === "Left") throw result.left;
  return result.right;
}

const lenient = {
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: true,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** A failure without a response in the description. */
export function problem(status: number, detail: string): Error {
  return new ProblemJsonError("about:blank", STATUS_CODES[status] ?? "", status, detail);
}

/** The response for a failure, as `application/problem+json`. */
export function problemResponse(error: Error & { status?: number }): HttpResponse {
  return {
    statusCode: error.status ?? 500,
    headers: { "content-type": "application/problem+json" },
    body: ProblemJsonError.toProblemJson(error),
  };
}

function load(): typeof PrismHttp {
  try {
    return loadFromPrism(file);
  } catch (cause) {
    if (!Object.hasOwn(Object(cause), "pnpCode")) throw cause;
    throw new Error(
      "Yarn's Plug'n'Play needs the packageExtensions of the mock server's guide to load Prism, or nodeLinker: node-modules",
      { cause },
    );
  }
}
