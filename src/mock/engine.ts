import { createPrism } from "./ask.js";
import { exampleOf, Faults, withFault } from "./faults.js";
import { readItems } from "./items.js";
import { exampleListing, itemListing, type Listing } from "./listings.js";
import { exampleItems, examplePath, findLists } from "./lists.js";
import { type Answer, type Components, type Operation, prismHttp, prismMock, type Request, strict } from "./prism.js";
import type { MockFault, MockRequest } from "./types.js";

/** The most requests that are remembered. */
const most = 10_000;

/** What stands in front of Prism: it remembers faults and requests, and knows which page is whose. */
export class Engine {
  readonly requests: MockRequest[] = [];
  /** The answers that broke the description, each in a sentence. */
  readonly violations: string[] = [];
  readonly #faults = new Faults();
  readonly #ask = createPrism({ ...strict, isProxy: false }, { mock: (call) => this.#mock(call) }, (violation) =>
    this.violations.push(violation),
  );
  #operations: Operation[] = [];
  #listings = new Map<Operation, Listing>();
  /** A path with example values for each operation that pages. */
  examplePaths: readonly string[] = [];

  /**
   * Reads a description; on failure, what was there before stays.
   *
   * @param given the items, or how many, of the lists that have their own
   */
  async load(spec: string, given: Readonly<Record<string, unknown>>, seed: number): Promise<void> {
    const operations = await prismHttp.getHttpOperationsFromSpec(spec);
    const lists = findLists(operations);
    const items = new Map(
      lists.map(({ key }) => [key, lists.filter((list) => list.key === key).flatMap(exampleItems)]),
    );
    const own = Object.entries(given).filter(([, value]) => value !== undefined);
    for (const [key, value] of own) {
      const [first, ...others] = lists.filter((list) => list.key === key);
      if (!first) throw new RangeError(`The description lists no ${key}, only ${[...items.keys()].join(", ")}`);
      items.set(key, readItems([first, ...others], value, seed));
    }
    const listings = lists.map((list): [Operation, Listing] => {
      if (!own.some(([key]) => key === list.key)) return [list.operation, exampleListing(list)];
      // Whatever is listed itself, such as a cluster, can be asked for its own list.
      const [owner, ...others] = list.owners;
      const known = owner && others.length === 0 ? items.get(owner.name.replace(/Id$/, "s")) : undefined;
      const empty = known?.map(({ id }) => id) ?? [];
      return [list.operation, itemListing(list, items.get(list.key) ?? [], empty, seed)];
    });
    this.#operations = operations;
    this.#listings = new Map(listings);
    this.examplePaths = lists.map(examplePath);
  }

  fail(fault: MockFault): void {
    this.#faults.add(fault, this.#operations);
  }

  async answer(request: Request): Promise<Answer> {
    const answer = await this.#ask(this.#operations, request);
    const { path, query = {} } = request.url;
    const pageToken = query["pageToken"] ? String(query["pageToken"]) : undefined;
    this.requests.push({ method: request.method.toUpperCase(), path, query, pageToken, status: answer.statusCode });
    if (this.requests.length > most) this.requests.shift();
    return answer;
  }

  /** Answers as Prism does, once it is clear what: a fault, the page of a list, or what the request prefers. */
  #mock({ resource, input, config }: Parameters<Components["mock"]>[0]): ReturnType<Components["mock"]> {
    const turn = this.#listings.get(resource)?.(input.data);
    const fault = this.#faults.take(turn?.page);
    if (fault) {
      const { status, code } = fault;
      const example = exampleOf(resource, status, code);
      if (!example) return () => ({ _tag: "Right", right: withFault(fault) });
      const chosen = { dynamic: false, code: status, ...(example.key && { exampleKey: example.key }) };
      const valid = { ...input, validations: [] };
      return edited(prismMock({ resource, input: valid, config: chosen }), (answer) => withFault(fault, answer));
    }
    if (!turn || config.code !== undefined || config.exampleKey !== undefined || config.dynamic) {
      return prismMock({ resource, input, config });
    }
    const { status, exampleKey, body } = turn;
    const chosen = { ...config, ...(status !== 200 && { code: status }), ...(exampleKey && { exampleKey }) };
    // Prism may find something else wrong, and answer that.
    return edited(prismMock({ resource, input, config: chosen }), (answer) => {
      return body && answer.statusCode === status ? { ...answer, body: body(answer.body) } : answer;
    });
  }
}

function edited(mock: ReturnType<Components["mock"]>, edit: (answer: Answer) => Answer): typeof mock {
  return (logger) => {
    const result = mock(logger);
    return result._tag === "Right" ? { ...result, right: edit(result.right) } : result;
  };
}
