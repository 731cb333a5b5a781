// Requests what a server lists, an item of each list, and what the server must refuse.
import { ConnectionError, detailsOf, InvalidResponseError } from "../../src/errors.js";
import { createReliableFetch } from "../../src/fetch-with-retries.js";
import { listsOf } from "../description/lists.js";
import { isObject, type Node } from "../description/node.js";
import { type Operation, parametersIn, responseOf } from "../description/operations.js";
import type { Found } from "./findings.js";

/** The values of parameters by their names, such as `clusterId`. */
export type Values = Readonly<Record<string, unknown>>;
type Response = { readonly status: number; readonly body?: unknown };
export type Ask = (operation: Operation, values: Values, headers?: Record<string, string>) => Promise<Response>;

/** The server could not be asked. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/**
 * Creates the function that sends a GET as the client does, with its retries, but validates nothing: that is for the server.
 * It throws an {@link UnavailableError} when no response comes.
 */
export function createAsk(
  server: string,
  fetch: (request: Request, init?: RequestInit) => Promise<globalThis.Response>,
): Ask {
  const send = createReliableFetch(new URL(server).origin, { fetch });
  return async (operation, values, headers = {}) => {
    const path = operation.path.replace(/\{(.+?)\}/g, (_, name) => encodeURIComponent(String(values[name])));
    const names = parametersIn(operation, "query").map((parameter) => parameter.text("name"));
    const given = names.filter((name) => values[name] !== undefined).map((name) => [name, String(values[name])]);
    const url = `${server}${path}?${new URLSearchParams(given)}`.replace(/\?$/, "");
    try {
      // A redirect is a response like any other, and not followed.
      const request = new Request(url, { headers, redirect: "manual" });
      const response = await send(request, detailsOf("GET", operation.path), { fetch });
      return { status: response.status, body: await response.json().catch(() => undefined) };
    } catch (error) {
      if (error instanceof InvalidResponseError) return { status: 200 };
      throw error instanceof ConnectionError
        ? new UnavailableError(error.message.replaceAll(path, operation.path))
        : error;
    }
  };
}

/** Whether these are all values that an operation requires. */
export function isEnough(values: Values, { parameters }: Operation): boolean {
  return parameters.every(({ fields }) => !fields["required"] || values[String(fields["name"])] !== undefined);
}

/**
 * Verifies a listing.
 *
 * @param probes whether to send requests that must fail, too
 * @throws {UnavailableError} when a page cannot be had
 */
export async function verifyListing(
  list: Operation,
  all: readonly Operation[],
  ids: Values,
  ask: Ask,
  maxPages: number,
  probes: boolean,
  found: Found[],
) {
  const [key = ""] = listsOf(list)?.keys() ?? [];
  const sizes = parametersIn(list, "query").find((parameter) => parameter.text("name") === "pageSize");
  const add = (pointer: string, rule: string, value: string, place: Node, status = 200) =>
    found.push({ operation: list.id, status, pointer, rule, value, place });
  const size = Number(sizes?.at("schema", "default").value);

  const getPages = async (pageSize: number | undefined, most: number) => {
    const pages: unknown[][] = [];
    let pageToken: unknown;
    do {
      const { status, body } = await ask(list, { ...ids, pageSize, pageToken });
      if (status >= 300 && responseOf(list, status)) throw new UnavailableError(`the status ${status}`);
      const page = isObject(body) ? body : {};
      const items = [page[key] ?? []].flat();
      pages.push(items);
      pageToken = page["nextPageToken"] || undefined;
      const value = `${items.length} items when asked for ${pageSize ?? `the default of ${size}`}`;
      if (sizes && items.length > (pageSize ?? size)) add(`/${key}`, "at most pageSize items", value, sizes);
    } while (pageToken !== undefined && pages.length < most);
    return { items: pages[0] ?? [], hasMore: pages.length > 1 || pageToken !== undefined };
  };

  const { items, hasMore } = await getPages(undefined, maxPages);
  if (hasMore && sizes && size > 0) {
    const described = (await getPages(size, 1)).items.length;
    const value = `${items.length} items, but ${described} when asked for ${size}`;
    // Pages can be short for other reasons, but then they are as short when the default is asked for.
    const isShort = described !== items.length && described <= size; // a larger page is reported
    if (isShort) add(`/${key}`, `default: ${size}`, value, sizes.at("schema", "default"));
  }
  // A listing of one page must come in several when they are smaller.
  if (!hasMore && items.length > 1) await getPages(Math.ceil(items.length / 2), maxPages);
  const [item] = items;
  for (const operation of all) {
    const [path, name = "", rest] = operation.path.split(/\/\{([^{}]+)\}$/);
    if (operation.method !== "get" || path !== list.path || rest !== "" || !isObject(item)) continue;
    const values = { ...ids, [name]: item[name] ?? item["id"] ?? item["name"] };
    if (isEnough(values, operation)) await ask(operation, values);
  }
  if (!probes) return;

  const required = list.parameters
    .filter(({ fields }) => fields["required"])
    .map((parameter) => parameter.text("name"));
  const unknownOf = (name: string) => String(ids[name]).slice(0, 3).padEnd(20, "0");
  const above = Number(sizes?.at("schema", "maximum").value) + 1;
  // Those that accept any id respond as `prefer` says, if they are mocks. Other servers ignore the header.
  const wrong: [statuses: number[], when: string, values: Values, headers?: Record<string, string>][] = [
    [[401], "without a token", {}, { authorization: "" }],
    ...required.map(
      (name) =>
        [[404, 403], `for an unknown ${name}`, { [name]: unknownOf(name) }, { prefer: "code=404" }] as [
          number[],
          string,
          Values,
          Record<string, string>,
        ],
    ),
    ...(above ? [[[400], `for a pageSize of ${above}`, { pageSize: above }] as [number[], string, Values]] : []),
    [[400], "for a made-up pageToken", { pageToken: "made-up" }],
  ];
  for (const [statuses, when, values, headers] of wrong) {
    const { status } = await ask(list, { ...ids, ...values }, headers);
    if (status === 429 || status >= 500) throw new UnavailableError(`the status ${status}`);
    const expected = statuses.filter((one) => responseOf(list, one));
    if (expected.length === 0 || expected.includes(status) || !responseOf(list, status)) continue; // the last is reported
    add("", `${expected.join(" or ")} ${when}`, `${status}`, list.node.at("responses", String(expected[0])), status);
  }
}
