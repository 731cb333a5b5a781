/// <reference lib="esnext.disposable" preserve="true" />
import { fileURLToPath } from "node:url";
import { Engine } from "./mock/engine.js";
import { checkWholeNumber } from "./mock/faults.js";
import { serve } from "./mock/http.js";
import type { MockFault, MockRequest } from "./mock/types.js";
import type { Item, ItemsKey, PagingPath } from "./paginate.js";

export type { MockFault, MockRequest };

/**
 * The lists that the mock server has of its own, by the field of a page that holds them: the items, or how many to make
 * up. Each operation of the description that answers pages of them serves them; the others answer their examples.
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
  /** The file of the description to serve. @default the one that comes with this package */
  readonly spec?: string | undefined;
}

/** A mock server that is listening. It keeps no process alive that has nothing else to do. */
export interface MockServer extends AsyncDisposable {
  /** Its address, to use as `baseUrl`. */
  readonly url: string;
  /** A path with example values for each operation that pages. */
  readonly examplePaths: readonly string[];
  /** The requests that were answered, the oldest first: the last 10 000 of them. */
  readonly requests: readonly MockRequest[];
  /**
   * Makes the next requests fail. Faults that wait already come first.
   *
   * @throws {RangeError} naming what cannot be used, its limit and the value
   */
  fail(fault: MockFault): void;
  /**
   * Stops listening, and ends the connections that clients keep open.
   *
   * @throws {Error} when the mock has broken the description with an answer; the client got a 500 that says how
   */
  close(): Promise<void>;
}

/** The description that comes with this package. */
const shipped = fileURLToPath(new URL("../generated/openapi.json", import.meta.url));

/**
 * Starts a mock server: Prism on the description, with pages.
 *
 * Without lists of its own, it answers the description's examples, whatever cluster is asked for. A list of its own is
 * paged as the API does it. An item belongs to the cluster and folder that it names, or else to those that the
 * description has as examples; a cluster that has none and is not listed itself is not found.
 *
 * @example
 * await using mock = await startMockServer({ backups: 2_500 });
 * const client = createClient({ baseUrl: mock.url, token: "any" });
 *
 * @throws {Error} for an option that cannot be used, naming its limit and the value; for items that break the
 *   description, naming each with its field and the rule; and for a port that is taken
 */
export async function startMockServer(options: MockOptions = {}): Promise<MockServer> {
  return await start(options);
}

/** {@link startMockServer}, for a description that changes. */
export async function start(options: MockOptions): Promise<MockServer & { spec: string; reload(): Promise<void> }> {
  const { seed = 1, port = 0, spec = shipped, ...lists } = options;
  checkWholeNumber("seed", seed, 0, 2 ** 32 - 1);
  checkWholeNumber("port", port, 0, 65_535);
  const engine = new Engine();
  const reload = () => engine.load(spec, lists, seed);
  await reload();
  const { url, close: stop } = await serve((request) => engine.answer(request), port);
  const close = async () => {
    await stop();
    const { violations } = engine;
    if (violations.length > 0) throw new Error(`The mock broke its own description:\n${violations.join("\n")}`);
  };
  return {
    url,
    get examplePaths() {
      return engine.examplePaths;
    },
    requests: engine.requests,
    fail: (fault) => engine.fail(fault),
    spec,
    reload,
    close,
    [Symbol.asyncDispose]: close,
  };
}
