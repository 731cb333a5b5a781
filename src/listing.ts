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
    [Symbol.asyncIterator]: () => new ItemIterator(pages(), itemsOf, signal),
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
class ItemIterator<Item, Page> implements AsyncIterableIterator<Item, undefined> {
  readonly #pages: AsyncGenerator<Page, void, void>;
  readonly #itemsOf: (page: Page) => readonly Item[];
  readonly #signal: AbortSignal | undefined;
  #items: readonly Item[] = [];
  #index = 0;
  /** The last step that is under way. Steps that are asked for meanwhile wait for it, as in a generator. */
  #busy: Promise<unknown> | undefined;

  constructor(
    pages: AsyncGenerator<Page, void, void>,
    itemsOf: (page: Page) => readonly Item[],
    signal: AbortSignal | undefined,
  ) {
    this.#pages = pages;
    this.#itemsOf = itemsOf;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#busy || this.#index >= this.#items.length || this.#signal?.aborted)
      return this.#queue(() => this.#step());
    return Promise.resolve({ done: false, value: this.#items[this.#index++] as Item });
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    return this.#queue(() => this.#leave());
  }

  async #step(): Promise<IteratorResult<Item, undefined>> {
    while (this.#index >= this.#items.length) {
      this.#items = [];
      const { done, value } = await this.#pages.next();
      if (done) return { done, value: undefined };
      this.#items = this.#itemsOf(value);
      this.#index = 0;
    }
    if (this.#signal?.aborted) {
      await this.#leave();
      throw this.#signal.reason;
    }
    return { done: false, value: this.#items[this.#index++] as Item };
  }

  async #leave(): Promise<IteratorResult<Item, undefined>> {
    this.#items = [];
    await this.#pages.return();
    return { done: true, value: undefined };
  }

  #queue(step: () => Promise<IteratorResult<Item, undefined>>): Promise<IteratorResult<Item, undefined>> {
    const result = this.#busy ? this.#busy.then(step, step) : step();
    const done = (): void => {
      if (this.#busy === result) this.#busy = undefined;
    };
    result.then(done, done);
    this.#busy = result;
    return result;
  }
}
