/** A listing: iterate it for its items. Every iteration, and each call below, starts from the beginning by itself. */
export interface Listing<Item, Page> extends AsyncIterable<Item> {
  /** The pages as the server answered them, one request each. */
  pages(): AsyncIterable<Page>;
  /** All items in one array. It rejects as an iteration would throw, and then gives none. */
  toArray(): Promise<Item[]>;
}

/** Makes a listing of pages; `signal` ends an iteration between two items as well. */
export function createListing<Item, Page>(
  pages: () => AsyncGenerator<Page, void, void>,
  itemsOf: (page: Page) => readonly Item[],
  signal: AbortSignal | undefined,
): Listing<Item, Page> {
  return {
    [Symbol.asyncIterator]: () => itemIterator(pages(), itemsOf, signal),
    pages: () => ({ [Symbol.asyncIterator]: pages }),
    async toArray() {
      const items: Item[] = [];
      for await (const page of pages()) {
        for (const item of itemsOf(page)) items.push(item);
      }
      return items;
    },
  };
}

/**
 * The items of pages. It is written by hand, because an async generator queues a promise of its own for each item and
 * makes a long listing about a tenth slower.
 */
function itemIterator<Item, Page>(
  pages: AsyncGenerator<Page, void, void>,
  itemsOf: (page: Page) => readonly Item[],
  signal: AbortSignal | undefined,
): AsyncIterableIterator<Item, undefined> {
  let items: readonly Item[] = [];
  let index = 0;
  /** The steps under way: those that are asked for meanwhile wait for them, as in a generator. */
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  type Result = IteratorResult<Item, undefined>;
  const item = (): Result => ({ done: false, value: items[index++] as Item });
  const end = async (): Promise<Result> => {
    items = [];
    await pages.return();
    return { done: true, value: undefined };
  };
  const step = async (): Promise<Result> => {
    while (index >= items.length) {
      items = [];
      const { done, value } = await pages.next();
      if (done) return { done, value: undefined };
      items = itemsOf(value);
      index = 0;
    }
    if (!signal?.aborted) return item();
    await end();
    throw signal.reason;
  };
  const queue = (run: () => Promise<Result>): Promise<Result> => {
    waiting += 1;
    const result = last.then(run, run).finally(() => {
      waiting -= 1;
    });
    last = result;
    return result;
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => (waiting || index >= items.length || signal?.aborted ? queue(step) : Promise.resolve(item())),
    return: () => queue(end),
  };
}
