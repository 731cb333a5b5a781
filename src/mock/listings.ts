import { createHmac } from "node:crypto";
import { type Item, type List, ownersOfItem, type Page } from "./lists.js";
import type { Request } from "./prism.js";

/** What a list has for one request, should nothing else be wrong with it. */
export interface Turn {
  /** Which page of the listing was asked for, from 1; undefined when there is no such page. */
  readonly page?: number;
  readonly status: 200 | 400 | 404;
  /** The example to answer; the first of the status when absent. */
  readonly exampleKey?: string;
  /** Makes the body from the example. */
  readonly body?: (example: unknown) => unknown;
}

/** Knows the pages of one operation. */
export type Listing = (request: Request) => Turn;

/** The pages that the description has as examples: each gives the token of the one after it. */
export function exampleListing({ examples }: List): Listing {
  return ({ url: { query = {} } }) => {
    const token = query["pageToken"];
    if (!token) return { page: 1, status: 200 };
    const index = examples.findIndex(({ page }) => page["nextPageToken"] === token);
    const exampleKey = index === -1 ? undefined : examples[index + 1]?.key;
    return exampleKey === undefined ? { status: 400 } : { page: index + 2, status: 200, exampleKey };
  };
}

/**
 * Pages over items, of the size that is asked for. It remembers nothing: a token says where it goes on.
 *
 * @param empty owners that are known although they may have no item
 */
export function itemListing(list: List, items: readonly Item[], empty: readonly unknown[], seed: number): Listing {
  const { key, operation, owners } = list;
  const template = operation.path.split("/");
  const examples = owners.map(({ example }) => example);
  const byOwner = new Map(
    [examples, ...empty.map((id) => [id])].map((owner): [string, Item[]] => [JSON.stringify(owner), []]),
  );
  for (const item of items) {
    const owner = JSON.stringify(ownersOfItem(list, item));
    const owned = byOwner.get(owner);
    if (owned) owned.push(item);
    else byOwner.set(owner, [item]);
  }

  return ({ url }) => {
    const { pageToken, pageSize, ...query } = url.query ?? {};
    const segments = url.path.split("/");
    const asked = owners.map(({ name, in: place }) => {
      return place === "query" ? query[name] : decodeURIComponent(segments[template.indexOf(`{${name}}`)] ?? "");
    });
    const owned = byOwner.get(JSON.stringify(asked));
    if (!owned) return { status: 404, body: (example) => renamed(example, examples, asked) };

    const listing = JSON.stringify([operation.path, asked, Object.entries(query).sort()]);
    const start = pageToken ? readToken(pageToken, listing, seed) : { offset: 0, page: 1 };
    if (!start || start.offset > owned.length) return { status: 400 };
    const end = start.offset + (Number(pageSize) || list.pageSize); // 0 stands for the default, too
    const page: Page = {
      ...(start.offset < owned.length && { [key]: owned.slice(start.offset, end) }),
      ...(end < owned.length && { nextPageToken: writeToken(end, start.page + 1, listing, seed) }),
    };
    return { page: start.page, status: 200, body: () => page };
  };
}

/** Opaque to clients, and about 40 characters long: the description allows 100. */
function writeToken(offset: number, page: number, listing: string, seed: number): string {
  const signature = createHmac("sha256", `${seed}`).update(`${offset} ${page} ${listing}`).digest("base64url");
  return Buffer.from(`${offset} ${page} ${signature.slice(0, 16)}`).toString("base64url");
}

/** Undefined for a token that was made up, or that belongs to another listing. */
function readToken(token: unknown, listing: string, seed: number): { offset: number; page: number } | undefined {
  const [offset, page] = Buffer.from(String(token), "base64url").toString().split(" ").map(Number);
  if (offset === undefined || page === undefined) return undefined;
  return token === writeToken(offset, page, listing, seed) ? { offset, page } : undefined;
}

/** The example of "not found", about what was asked for. */
function renamed(example: unknown, from: readonly string[], to: readonly unknown[]): unknown {
  const text = from.reduce((text, name, index) => {
    return text.replaceAll(name, () => JSON.stringify(String(to[index])).slice(1, -1));
  }, JSON.stringify(example));
  return JSON.parse(text);
}
