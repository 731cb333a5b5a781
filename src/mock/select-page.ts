import { createHmac } from "node:crypto";
import { type Item, type ListOperation, ownersOfItem, type Page, pathValues } from "./list-operations.js";
import { replaceIn, type Selector } from "./selection.js";

/** Selects the pages that the description has as examples: each holds the token of the next one. */
export function selectExamplePage({ examples }: ListOperation): Selector {
  return ({ url: { query = {} } }) => {
    const token = query["pageToken"];
    if (!token) return { page: 1 };
    const index = examples.findIndex(({ page }) => page["nextPageToken"] === token);
    const next = index === -1 ? undefined : examples[index + 1];
    return next
      ? { page: index + 2, exampleKey: next.key }
      : { failure: 400, reason: "pageToken is not a token of this list" };
  };
}

/**
 * Selects pages of items, of the size that is requested. It keeps no state: a token holds the offset of its page.
 *
 * @param empty owners that exist, with or without items
 */
export function selectPage(
  list: ListOperation,
  items: readonly Item[],
  empty: readonly unknown[],
  seed: number,
): Selector {
  const { key, operation, owners } = list;
  const examples = owners.map(({ example }) => example);
  const byOwner = new Map(
    [examples, ...empty.map((id) => [id])].map((owner): [string, Item[]] => [JSON.stringify(owner), []]),
  );
  for (const item of items) {
    const owner = JSON.stringify(ownersOfItem(owners, item));
    const owned = byOwner.get(owner);
    if (owned) owned.push(item);
    else byOwner.set(owner, [item]);
  }

  return (request) => {
    const { pageToken, pageSize, ...query } = request.url.query ?? {};
    const path = pathValues(operation, request);
    const requested = owners.map((owner) => (owner.in === "query" ? query : path)[owner.name] ?? owner.example);
    const owned = byOwner.get(JSON.stringify(requested));
    if (!owned) return { failure: 404, body: replaceIn(examples, requested) };

    const scope = JSON.stringify([operation.path, requested, Object.entries(query).sort()]);
    const start = pageToken ? readToken(pageToken, scope, seed) : { offset: 0, page: 1 };
    if (!start || start.offset > owned.length) return { failure: 400, reason: "pageToken is not a token of this list" };
    const end = start.offset + (Number(pageSize) || list.pageSize); // 0 stands for the default, too
    const page: Page = {
      ...(start.offset < owned.length && { [key]: owned.slice(start.offset, end) }),
      ...(end < owned.length && { nextPageToken: writeToken(end, start.page + 1, scope, seed) }),
    };
    return { page: start.page, body: () => page };
  };
}

/** Opaque to clients, and about 40 characters long: the description allows 100. */
function writeToken(offset: number, page: number, scope: string, seed: number): string {
  const signature = createHmac("sha256", `${seed}`).update(`${offset} ${page} ${scope}`).digest("base64url");
  return Buffer.from(`${offset} ${page} ${signature.slice(0, 16)}`).toString("base64url");
}

/** Undefined for a token that was made up, or that belongs to other parameters. */
function readToken(token: unknown, scope: string, seed: number): { offset: number; page: number } | undefined {
  const [offset, page] = Buffer.from(String(token), "base64url").toString().split(" ").map(Number);
  if (offset === undefined || page === undefined) return undefined;
  return token === writeToken(offset, page, scope, seed) ? { offset, page } : undefined;
}
