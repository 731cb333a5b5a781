// Requests the pages of a listing, and what the server must refuse.
import { type ListOperation, responseOf } from "../../src/mock/list-operations.js";
import type { HttpResponse } from "../../src/mock/prism.js";
import { checkResponse } from "./check-response.js";
import type { Findings } from "./findings.js";
import { type Get, UnavailableError } from "./send-get.js";
import { isNode, type Place } from "./source-location.js";

/** The values of the parameters that say whose items are listed, such as `clusterId`. */
export type Ids = Readonly<Record<string, string>>;

/** What differs from the request for the first page. */
interface Change {
  readonly query?: { readonly pageSize?: number | undefined; readonly pageToken?: string | undefined };
  readonly ids?: Ids;
  readonly headers?: Parameters<Get>[1];
}

export class Listing {
  readonly #list: ListOperation;
  readonly #ids: Ids;
  readonly #get: Get;
  readonly #findings: Findings;
  /** The operation, and its parameter pageSize. */
  readonly #place: Place;
  readonly #pageSize: Place | undefined;

  constructor(list: ListOperation, ids: Ids, description: Place, get: Get, findings: Findings) {
    this.#list = list;
    this.#ids = ids;
    this.#get = get;
    this.#findings = findings;
    this.#place = description.child("paths", list.operation.path, list.operation.method) ?? description;
    const parameters = this.#place.keys("parameters").flatMap((index) => this.#place.child("parameters", index) ?? []);
    this.#pageSize = parameters.find((parameter) => parameter.text("name") === "pageSize");
  }

  /** The id of the operation. */
  get name(): string {
    return this.#place.text("operationId");
  }

  /** @throws {UnavailableError} when a page cannot be had */
  async verifyPages(maxPages: number): Promise<void> {
    const { first, hasMore } = await this.#getPages(undefined, maxPages);
    if (!hasMore) {
      // A listing of one page must come in several when they are smaller.
      if (first > 1) await this.#getPages(Math.ceil(first / 2), maxPages);
      return;
    }
    const place = this.#pageSize?.child("schema", "default");
    if (typeof place?.node !== "number") return;
    const { first: described } = await this.#getPages(place.node, 1);
    // Pages can be short for other reasons, but then they are as short when the default is asked for.
    if (described === first || described > place.node) return; // the last of these is reported
    const value = `${first} items, but ${described} when asked for ${place.node}`;
    this.#add(200, `/${this.#list.key}`, `default: ${place.node}`, value, place);
  }

  /** Gets pages, and returns how many items are on the first, and whether it was not the last. */
  async #getPages(pageSize: number | undefined, maxPages: number): Promise<{ first: number; hasMore: boolean }> {
    const counts: number[] = [];
    const place = this.#pageSize;
    const limit = pageSize ?? place?.child("schema", "default")?.node;
    let pageToken: string | undefined;
    do {
      const { body } = await this.#request({ query: { pageSize, pageToken } });
      const { [this.#list.key]: items, nextPageToken } = isNode(body) ? body : {};
      const length = Array.isArray(items) ? items.length : 0;
      counts.push(length);
      pageToken = typeof nextPageToken === "string" && nextPageToken !== "" ? nextPageToken : undefined;
      if (place && typeof limit === "number" && length > limit) {
        const value = `${length} items when asked for ${pageSize ?? `the default of ${limit}`}`;
        this.#add(200, `/${this.#list.key}`, "at most pageSize items", value, place);
      }
    } while (pageToken !== undefined && counts.length < maxPages);
    const [first = 0, ...others] = counts;
    return { first, hasMore: others.length > 0 || pageToken !== undefined };
  }

  /** Sends requests that must fail, and change nothing. */
  async probe(): Promise<void> {
    await this.#expect([401], "without a token", { headers: { authorization: undefined } });
    for (const { name } of this.#list.owners) {
      const unknown = (this.#ids[name] ?? "").slice(0, 3).padEnd(20, "0");
      // A mock that accepts any id sends the response that this header names. Other servers ignore the header.
      const headers = { prefer: "code=404" };
      await this.#expect([404, 403], `for an unknown ${name}`, { ids: { ...this.#ids, [name]: unknown }, headers });
    }
    const maximum = this.#pageSize?.child("schema", "maximum")?.node;
    if (typeof maximum === "number") {
      await this.#expect([400], `for a pageSize of ${maximum + 1}`, { query: { pageSize: maximum + 1 } });
    }
    await this.#expect([400], "for a made-up pageToken", { query: { pageToken: "made-up" } });
  }

  async #expect(statuses: readonly number[], what: string, change: Change): Promise<void> {
    const { statusCode } = await this.#request(change, true);
    const isDescribed = (status: number): boolean => responseOf(this.#list.operation, status) !== undefined;
    const expected = statuses.filter(isDescribed);
    const place = this.#place.child("responses", String(expected[0]));
    if (!place || expected.includes(statusCode) || !isDescribed(statusCode)) return; // the last of these is reported
    this.#add(statusCode, "", `${expected.join(" or ")} ${what}`, `${statusCode}`, place);
  }

  /**
   * Gets a response and checks it.
   *
   * @param canFail whether any failure will do that is not temporary
   * @throws {UnavailableError} when another failure comes, as it is described
   */
  async #request(change: Change, canFail = false): Promise<HttpResponse> {
    const { query = {}, ids = this.#ids, headers } = change;
    const { operation, owners } = this.#list;
    const path = operation.path.replace(/\{(.+?)\}/g, (_, name) => encodeURIComponent(ids[name] ?? ""));
    const owned = owners.filter((owner) => owner.in === "query").map(({ name }) => [name, ids[name]]);
    const given = [...owned, ...Object.entries(query)].filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]) => [String(name), String(value)]));
    const response = await this.#get(search.size > 0 ? `${path}?${search}` : path, headers);
    const isValid = await checkResponse(operation, this.#place, path, response, this.#findings);
    const { statusCode: status } = response;
    const ends = canFail ? status === 429 || status >= 500 : status >= 300;
    if (isValid && ends) throw new UnavailableError(`the status ${status}`);
    return response;
  }

  #add(status: number, pointer: string, rule: string, value: string, place: Place): void {
    this.#findings.add({ operation: this.name, status, pointer, rule, value, place });
  }
}
