import { checkHeaders, checkRequest, readPreferences } from "./check-request.js";
import { readDescription } from "./description.js";
import { Faults, readFault, withFault } from "./faults.js";
import { examplePath, fieldOf, findLists, type ListOperation, responseOf } from "./list-operations.js";
import {
  findOperation,
  findViolations,
  type HttpRequest,
  type HttpResponse,
  mockResponse,
  type Operation,
  problem,
  problemResponse,
} from "./prism.js";
import { type ListItems, readLists } from "./read-lists.js";
import { isOfItem, selectItem } from "./select-item.js";
import { selectExamplePage, selectPage } from "./select-page.js";
import { type Selection, type Selector, withMessage } from "./selection.js";
import type { MockFault, MockRequest } from "./types.js";

/** The most requests that are recorded. */
const most = 10_000;

/** Makes the response to each request: a fault, a page, an item, or Prism's example. */
export class Responder {
  readonly requests: MockRequest[] = [];
  /** The responses that broke the description, each in a sentence. */
  readonly violations: string[] = [];
  /** A path with example values for each list operation. */
  examplePaths: readonly string[] = [];
  readonly #faults = new Faults();
  #operations: readonly Operation[] = [];
  #selectors: ReadonlyMap<Operation, Selector | undefined> = new Map();

  /**
   * Reads a description; on failure, the previous one stays.
   *
   * @param given the items of each list that has its own, or how many to make up
   * @returns the files of the description
   */
  async load(spec: string, given: Readonly<Record<string, unknown>>, seed: number): Promise<readonly string[]> {
    const { operations, files } = await readDescription(spec);
    const lists = findLists(operations);
    const all = await readLists(lists, given, seed);
    const selectorOf = (operation: Operation): Selector | undefined => {
      const group = all.find((one) => one.lists.some((list) => list.operation === operation));
      const list = group?.lists.find((one) => one.operation === operation);
      if (group && list) {
        // A listed item, such as a cluster, can be requested as the owner of other items.
        return group.isOwn ? selectPage(list, group.items, ownersOf(list, all), seed) : selectExamplePage(list);
      }
      for (const { lists, items, isOwn } of all) {
        const parent = lists.find((one) => isOfItem(operation, one));
        if (parent) return selectItem(operation, parent, items, !isOwn);
      }
      return undefined;
    };
    this.#selectors = new Map(operations.map((operation) => [operation, selectorOf(operation)]));
    this.#operations = operations;
    this.examplePaths = lists.map(examplePath);
    return files;
  }

  /** Makes the next requests fail. */
  fail(fault: MockFault): void {
    this.#faults.add(fault, this.#operations);
  }

  async respond(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#respond(request).catch((error: Error) =>
      problemResponse(error instanceof URIError ? problem(400, error.message) : error),
    );
    const { path, query = {} } = request.url;
    const pageToken = query["pageToken"] ? String(query["pageToken"]) : undefined;
    this.requests.push({ method: request.method.toUpperCase(), path, query, pageToken, status: response.statusCode });
    if (this.requests.length > most) this.requests.shift();
    return response;
  }

  async #respond(request: HttpRequest): Promise<HttpResponse> {
    if (!request.url.path.startsWith("/")) throw problem(400, `${request.url.path} is not a path`);
    const operation = await findOperation(this.#operations, request);
    const selection = this.#selectors.get(operation)?.(request) ?? {};
    const fault = this.#faults.take(selection.page);
    const described = fault && readFault(operation, fault);
    const response = fault
      ? withFault(fault, described && (await mockResponse(operation, request, described, false)).response)
      : await select(operation, request, selection);
    const violations = [
      ...(await findViolations(operation, request, response)).map(({ message }) => message),
      ...checkHeaders(response),
    ].join("; ");
    if (violations === "") return response;
    this.violations.push(`${request.method.toUpperCase()} ${request.url.path}: ${violations}`);
    throw problem(500, violations);
  }
}

/** The owners that are listed themselves, for a list of which the items have one owner. */
function ownersOf({ operation, owners }: ListOperation, all: readonly ListItems[]): unknown[] {
  const [owner, ...others] = owners;
  if (!owner || others.length > 0) return [];
  const isOfPath = (list: ListOperation) => operation.path.startsWith(`${list.operation.path}/{${owner.name}}`);
  const found =
    all.find(({ lists }) => lists.some(isOfPath)) ??
    all.find(({ lists: [{ key }] }) => key === owner.name.replace(/(Id|Name)$/, "s"));
  const field = fieldOf(owner.name, found?.lists[0].fields ?? []) ?? "id";
  return (found?.items ?? []).map((item) => item[field]);
}

/** Prism's response, with the page or item that is selected, unless the request is invalid or prefers another. */
async function select(operation: Operation, request: HttpRequest, selection: Selection): Promise<HttpResponse> {
  const invalid = checkRequest(operation, request);
  const preferred = readPreferences(request.headers?.["prefer"]);
  const isPreferred = Object.keys(preferred).length > 0;
  const { failure, exampleKey, body }: Selection = invalid ? { failure: 400 } : isPreferred ? {} : selection;
  const isDescribed = failure === undefined || responseOf(operation, failure);
  const preferences = {
    ...(!invalid && preferred),
    ...(failure && isDescribed && { code: failure }),
    ...(exampleKey !== undefined && { exampleKey }),
  };
  const { response, problems } = await mockResponse(operation, request, preferences, true);
  const succeeded = response.statusCode >= 200 && response.statusCode < 300;
  if (!isDescribed && succeeded) throw problem(failure, invalid ?? `${request.url.path} has no such page or item`);
  const reason = invalid ?? problems[0] ?? selection.reason;
  if (reason && response.statusCode === 400) return { ...response, body: withMessage(response.body, reason) };
  const isSelected = failure === undefined ? succeeded : response.statusCode === failure;
  return isSelected && body ? { ...response, body: body(response.body) } : response;
}
