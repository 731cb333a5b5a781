/// <reference lib="esnext.disposable" />
import { throwIfAborted } from "./abort.js";

/** A listing. Iterate it for its items. Every iteration, and every call below, starts from the beginning. */
export interface Listing<Item, Page> {
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, void>;
  /** The pages as the server sent them, one request each. */
  pages(): { [Symbol.asyncIterator](): AsyncGenerator<Page, void, void> };
  /** All items in one array. Rejects when an iteration would throw. */
  toArray(): Promise<Item[]>;
}

/** Creates a listing of pages. */
export function createListing<Item, Page>(
  iteratePages: (stop?: AbortSignal) => AsyncGenerator<Page, void, void>,
  itemsOf: (page: Page) => readonly Item[],
  signals: readonly AbortSignal[],
): Listing<Item, Page> {
  async function* iterateItems(stop?: AbortSignal): AsyncGenerator<Item, void, void> {
    const pages = iteratePages(stop);
    for (;;) {
      let items = await pages.next().then(({ done, value }) => (done ? undefined : itemsOf(value)));
      if (!items) return;
      // By index, because an iterator would hold the page while the next one is fetched.
      for (let index = 0; index < items.length; index++) {
        throwIfAborted(signals);
        yield items[index] as Item;
      }
      items = undefined;
    }
  }
  return {
    [Symbol.asyncIterator]: () => stoppable(iterateItems),
    pages: () => ({ [Symbol.asyncIterator]: () => stoppable(iteratePages) }),
    async toArray() {
      const items: Item[] = [];
      for await (const page of iteratePages()) for (const item of itemsOf(page)) items.push(item);
      return items;
    },
  };
}

/**
 * A generator whose `return()` and `throw()` end a request in flight instead of waiting for it. A disposal calls the first,
 * and a stream that is destroyed with an error the second.
 */
function stoppable<Value>(
  iterate: (stop: AbortSignal) => AsyncGenerator<Value, void, void>,
): AsyncGenerator<Value, void, void> {
  const controller = new AbortController();
  const generator = iterate(controller.signal);
  const stop = <Rest extends unknown[], Result>(end: (...rest: Rest) => Result) => {
    return (...rest: Rest): Result => {
      controller.abort();
      return end.apply(generator, rest);
    };
  };
  const methods = { return: stop(generator.return), throw: stop(generator.throw) };
  // Node.js 20 and 22 have the symbol, but their generators lack the method.
  const dispose = Symbol.asyncDispose && { [Symbol.asyncDispose]: () => methods.return() };
  return Object.assign(generator, methods, dispose);
}
