/// <reference lib="esnext.disposable" preserve="true" />
import { fileURLToPath } from "node:url";
import { checkWholeNumber } from "./mock/faults.js";
import { HarFile, recordHar } from "./mock/har.js";
import { exchangeOf } from "./mock/recorded-exchange.js";
import { serve } from "./mock/serve.js";
import type { MockFault, MockRequest } from "./mock/types.js";
import type { Item, ItemsKey, PagingPath } from "./paginate.js";

export type { MockFault, MockRequest };
export { recordHar };

/**
 * The items of each list, or how many to make up, by the field of a page that holds them. A list that is not given has the
 * items of the description's examples.
 */
export type MockLists = {
  readonly [Path in PagingPath as ItemsKey<Path>]?: number | readonly Item<Path, ItemsKey<Path>>[] | undefined;
};

/** How to start a mock server. */
export interface MockOptions extends MockLists {
  /**
   * From 0 to 4 294 967 295. The same seed gives the same items and page tokens, today and tomorrow.
   *
   * @default 1
   */
  readonly seed?: number | undefined;
  /** The port to listen on, on 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /**
   * The HAR file in which to record each request and its response, without `Authorization`, cookies and anything that
   * looks like a secret. It is overwritten, unless this process records in it already, and whole after each response.
   *
   * @default none
   */
  readonly har?: string | undefined;
  /** The file of the description to serve. @default the one that comes with this package */
  readonly spec?: string | undefined;
}

/** A mock server that is listening. It does not keep its process alive. */
export interface MockServer extends AsyncDisposable {
  /** Its address, to use as `baseUrl`. */
  readonly url: string;
  /** A path with example values for each list operation. */
  readonly examplePaths: readonly string[];
  /** The last 10 000 requests, oldest first. */
  readonly requests: readonly MockRequest[];
  /**
   * Makes the next requests fail. Faults that were added before come first.
   *
   * @throws {RangeError} naming the field, its limit and the value
   */
  fail(fault: MockFault): void;
  /**
   * Stops listening, and ends the connections that clients keep open. It can be called again.
   *
   * @throws {Error} when a response has broken the description; the client got a 500 that says how
   */
  close(): Promise<void>;
}

/** The description that comes with this package. */
const shipped = fileURLToPath(new URL("../generated/openapi.json", import.meta.url));

/**
 * Starts a mock server: Prism on the description, with pages.
 *
 * Without lists, it responds with the description's examples, for any cluster. The items of a list come in pages of the
 * requested size. An item belongs to the cluster and folder that it names, or else to those of the description's examples;
 * a cluster that has no item and is not listed itself is not found. An item can be requested by its id, where the
 * description has an operation for that.
 *
 * The first start in a process loads Prism, which takes seconds.
 *
 * @example
 * await using mock = await startMockServer({ backups: 2_500 });
 * const client = createClient({ baseUrl: mock.url, token: "any" });
 *
 * @throws {Error} for an option that cannot be used, naming its limit and the value; for items that break the
 *   description, naming each with its field and the rule; for a description that refers to a file outside of its folder;
 *   for a port that is taken; and when Prism is not installed
 */
export async function startMockServer(options: MockOptions = {}): Promise<MockServer> {
  return await start(options);
}

/** A mock server of which the description can change. */
export interface ReloadableMock extends MockServer {
  /** The files of the description. */
  readonly files: readonly string[];
  /** Reads the description again, and returns its files. */
  reload(): Promise<readonly string[]>;
}

/** {@link startMockServer}, for a description that changes. */
export async function start(options: MockOptions): Promise<ReloadableMock> {
  const { seed = 1, port = 0, har, spec = shipped, ...lists } = options;
  checkWholeNumber("seed", seed, 0, 2 ** 32 - 1);
  checkWholeNumber("port", port, 0, 65_535);
  const { Responder } = await import("./mock/responder.js"); // this loads Prism
  const responder = new Responder();
  const reload = () => responder.load(spec, lists, seed);
  const files = await reload();
  let file: HarFile | undefined;
  const { url, close: stop } = await serve(async (request) => {
    const started = new Date();
    const response = await responder.respond(request);
    file?.add({ ...exchangeOf(url, request, response), started });
    return response;
  }, port);
  try {
    if (har !== undefined) file = HarFile.open(har); // not before the port is had: another server could be recording
  } catch (error) {
    await stop();
    throw error;
  }
  const close = async () => {
    await stop();
    file?.close();
    file = undefined; // a second close() must not close it again
    const { violations } = responder;
    if (violations.length > 0) throw new Error(`The mock broke its own description:\n${violations.join("\n")}`);
  };
  return {
    url,
    get examplePaths() {
      return responder.examplePaths;
    },
    requests: responder.requests,
    fail: (fault) => responder.fail(fault),
    files,
    reload,
    close,
    [Symbol.asyncDispose]: close,
  };
}
