import { createRequire } from "node:module";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec, type PrismHttpComponents } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";

/** Prism's own mock. Prism lets it be replaced, but exports it nowhere else; and loaders disagree on a CommonJS default. */
const { default: prismMock }: { default: PrismHttpComponents["mock"] } = createRequire(import.meta.url)(
  "@stoplight/prism-http/dist/mocker/index.js",
);

/** How to start a mock server. */
export interface MockOptions {
  /** The file of the description to serve. @default "openapi/openapi.yaml" */
  spec?: string;
  /** The port to listen on, on 127.0.0.1; 0 takes a free one. @default 0 */
  port?: number;
}

/** A mock server that is listening. */
export interface MockServer extends AsyncDisposable {
  /** Its address, to use as `baseUrl`. */
  readonly url: string;
  /** A path with example values for each operation that pages. */
  readonly examplePaths: readonly string[];
  /** Stops listening. */
  close(): Promise<void>;
}

type Operation = Parameters<PrismHttpComponents["mock"]>[0]["resource"];

/**
 * Starts Prism on a description, with pages: Prism alone remembers nothing, and would answer the first page for ever.
 *
 * @throws {Error} naming the port when it is taken
 */
export async function startMockServer(options: MockOptions = {}): Promise<MockServer> {
  const { spec = "openapi/openapi.yaml", port = 0 } = options;
  const operations = await getHttpOperationsFromSpec(spec);
  const server = createServer(operations, {
    cors: false,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("mock", { level: "silent" }), mock: mockPage },
  });
  // 127.0.0.1 and not localhost, which is ::1 on some machines: another server could be there.
  const url = await server.listen(port, "127.0.0.1").catch((reason: unknown) => {
    throw new Error(`The mock server cannot listen on port ${port}: ${String(reason)}`);
  });
  return {
    url,
    examplePaths: operations.filter(pages).map(examplePath),
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Answers as Prism does, but chooses the example by the page token, unless the request chooses by itself. */
const mockPage: PrismHttpComponents["mock"] = ({ resource, input, config }) => {
  const token = input.data.url.query?.["pageToken"];
  const chosen = config.code !== undefined || config.exampleKey !== undefined || config.dynamic;
  const preference = token && !chosen && pages(resource) ? preferenceFor(resource, token) : {};
  return prismMock({ resource, input, config: { ...config, ...preference } });
};

function pages(operation: Operation): boolean {
  return operation.request?.query?.some(({ name }) => name === "pageToken") ?? false;
}

/** The example that follows the one which gives the token, or else the status for a token that nobody gave. */
function preferenceFor(operation: Operation, token: string | string[]): { exampleKey?: string; code?: number } {
  const content = operation.responses.find(({ code }) => code === "200")?.contents?.[0];
  const examples = content?.examples ?? [];
  const index = examples.findIndex((example) => "value" in example && nextPageToken(example.value) === token);
  const following = examples[index + 1];
  return index === -1 || !following ? { code: 400 } : { exampleKey: following.key };
}

function nextPageToken(page: unknown): unknown {
  return typeof page === "object" && page !== null && "nextPageToken" in page ? page.nextPageToken : undefined;
}

function examplePath({ path, request }: Operation): string {
  const exampleOf = (parameter: { readonly examples?: readonly object[] } | undefined): string | undefined => {
    const example = parameter?.examples?.[0];
    return example && "value" in example ? encodeURIComponent(String(example.value)) : undefined;
  };
  const filled = path.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    return exampleOf(request?.path?.find((parameter) => parameter.name === name)) ?? placeholder;
  });
  const query = request?.query?.filter(({ required }) => required).map((one) => `${one.name}=${exampleOf(one)}`) ?? [];
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}
