/** A listing. Iterate it for its items. Every iteration, and every call below, starts from the beginning. */
export interface Listing<Item, Page> extends AsyncIterable<Item> {
  /** The pages as the server sent them, one request each. */
  pages(): AsyncIterable<Page>;
  /** All items in one array. Rejects when an iteration would throw. */
  toArray(): Promise<Item[]>;
}

/** Creates a listing of pages. */
export function createListing<Item, Page>(
  iteratePages: (stop: AbortSignal) => AsyncGenerator<Page, void, void>,
  itemsOf: (page: Page) => readonly Item[],
  signal: AbortSignal | undefined,
): Listing<Item, Page> {
  async function* iterateItems(stop: AbortSignal): AsyncGenerator<Item, void, void> {
    for await (const page of iteratePages(stop)) {
      for (const item of itemsOf(page)) {
        signal?.throwIfAborted();
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

/** An iterator whose `return()` ends a request in flight, where a generator alone would wait for it. */
function stoppable<Value>(
  iterate: (stop: AbortSignal) => AsyncGenerator<Value, void, void>,
): AsyncIterableIterator<Value, void, void> {
  const stop = new AbortController();
  const generator = iterate(stop.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => generator.next(),
    return() {
      stop.abort();
      return generator.return();
    },
  };
}
