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
  iteratePages: (stop: AbortSignal) => AsyncGenerator<Page, void, void>,
  itemsOf: (page: Page) => readonly Item[],
  signals: readonly AbortSignal[],
): Listing<Item, Page> {
  async function* iterateItems(stop: AbortSignal): AsyncGenerator<Item, void, void> {
    for await (const page of iteratePages(stop)) {
      for (const item of itemsOf(page)) {
        throwIfAborted(signals);
        yield item;
      }
    }
  }
  return {
    [Symbol.asyncIterator]: () => stoppable(iterateItems),
    pages: () => ({ [Symbol.asyncIterator]: () => stoppable(iteratePages) }),
    async toArray() {
      const items: Item[] = [];
      for await (const page of stoppable(iteratePages)) {
        for (const item of itemsOf(page)) items.push(item);
      }
      return items;
    },
  };
}

/** A generator whose `return()`, which a disposal calls too, ends a request in flight instead of waiting for it. */
function stoppable<Value>(
  iterate: (stop: AbortSignal) => AsyncGenerator<Value, void, void>,
): AsyncGenerator<Value, void, void> {
  const stop = new AbortController();
  const generator = iterate(stop.signal);
  const finish = generator.return.bind(generator);
  const stopAndFinish = () => {
    stop.abort();
    return finish();
  };
  // Node.js 20 and 22 have the symbol, but no generator with such a method.
  const dispose = Symbol.asyncDispose && { [Symbol.asyncDispose]: stopAndFinish };
  return Object.assign(generator, { return: stopAndFinish }, dispose);
}
