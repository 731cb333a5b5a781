// Requests what a server lists, an item of each list, and what the server must refuse. The traffic is recorded.
import { setTimeout as sleep } from "node:timers/promises";
import { detailsOf } from "../../src/call-details.js";
import { RequestError } from "../../src/errors.js";
import { createFetchWithRetries } from "../../src/fetch-with-retries.js";
import { recordHar } from "../../src/mock/har.js";
import { validateHeaders } from "../../src/validate-options.js";
import { listsOf, pageSizeOf } from "../description/lists.js";
import { isObjectOrList } from "../description/node.js";
import { type Operation, parametersIn, responseOf } from "../description/operations.js";
import type { Found } from "./report.js";

export interface AskOptions {
  readonly token?: string;
  /** Values of parameters by their names: an operation is asked when all that it requires are here. */
  readonly ids?: Readonly<Record<string, string>>;
  /** The most pages of one listing. @default 20 */
  readonly maxPages?: number;
  /** Whether to send requests that must fail, too. @default true */
  readonly probes?: boolean;
}

type Values = Readonly<Record<string, unknown>>;
type Ask = (operation: Operation, values: Values, headers?: Record<string, string>) => Promise<Response>;

/** The server cannot be asked further. */
class UnavailableError extends Error {}

/** Asks a server, and returns how many requests that took, what they found, and why they ended early, if they did. */
export async function askServer(server: string, operations: readonly Operation[], har: string, options: AskOptions) {
  const { token = "", ids = {}, maxPages = 20, probes = true } = options;
  const lists = operations.filter((operation) => listsOf(operation) && isEnough(ids, operation));
  if (lists.length === 0) throw new Error(`The description has no list by ${Object.keys(ids).join(" and ")}`);
  const authorization = { authorization: `Bearer ${token}` };
  validateHeaders(authorization);
  const { isTTY } = process.stderr;
  const record = recordHar(har);
  const found: Found[] = [];
  let requests = 0;
  const fetch = async (request: Request) => {
    // An endpoint with http: is on a loopback address, and needs no patience.
    if (requests > 0 && server.startsWith("https:")) await sleep(350);
    requests += 1;
    if (isTTY) process.stderr.write(`\rRequests: ${requests}`);
    return await record(request);
  };
  const send = createFetchWithRetries(new URL(server).origin, { fetch });
  // Sends as the client does, with retries, but validates nothing: that is for the server. A redirect is not followed.
  const ask: Ask = async (operation, values, extra) => {
    const path = operation.path.replace(/\{(.+?)\}/g, (_, name) => encodeURIComponent(String(values[name])));
    const names = parametersIn(operation, "query").map((parameter) => parameter.text("name"));
    const query = names.filter((name) => values[name] !== undefined).map((name) => [name, String(values[name])]);
    const headers = new Headers({ ...authorization, ...extra });
    if (headers.get("authorization") === "") headers.delete("authorization");
    const request = new Request(`${server}${path}?${new URLSearchParams(query)}`, { headers, redirect: "manual" });
    const response = await send(request, detailsOf("GET", operation.path), { fetch });
    if (response.status !== 429 && response.status < 500) return response;
    throw new UnavailableError(`the status ${response.status}`);
  };

  let stopped: string | null = null;
  for (const list of lists) {
    try {
      const item = await askForPages(list, ids, ask, maxPages, found);
      for (const operation of operations) {
        const [path, name = "", rest] = operation.path.split(/\/\{([^{}]+)\}$/);
        if (operation.method !== "get" || path !== list.path || rest !== "" || !isObjectOrList(item)) continue;
        const values = { ...ids, [name]: item[name] ?? item["id"] ?? item["name"] };
        if (isEnough(values, operation)) await ask(operation, values);
      }
      if (probes) await askForRefusals(list, ids, ask, found);
    } catch (error) {
      if (!(error instanceof UnavailableError || error instanceof RequestError)) throw error;
      stopped = `${list.id}: ${error.message}`;
      break;
    }
  }
  if (isTTY) process.stderr.write("\r\x1b[K");
  return { requests, found, stopped };
}

function isEnough(values: Values, { parameters }: Operation): boolean {
  return parameters.every(({ fields }) => !fields["required"] || values[String(fields["name"])] !== undefined);
}

/** Lists with the default page size and with another, and returns an item. */
async function askForPages(list: Operation, ids: Values, ask: Ask, maxPages: number, found: Found[]): Promise<unknown> {
  const [key = ""] = listsOf(list)?.keys() ?? [];
  const getPages = async (most: number, pageSize?: number, pageToken?: unknown): Promise<unknown[][]> => {
    const response = await ask(list, { ...ids, pageSize, pageToken });
    if (!response.ok && responseOf(list, response.status)) throw new UnavailableError(`the status ${response.status}`);
    const page = Object(await response.json().catch(() => undefined));
    const next = page.nextPageToken;
    return [[page[key] ?? []].flat(), ...(next && most > 1 ? await getPages(most - 1, pageSize, next) : [])];
  };

  const [items = [], ...others] = await getPages(maxPages);
  const standard = pageSizeOf(list)?.at("schema", "default");
  const size = Number(standard?.value);
  if (others.length === 0 && items.length > 1) {
    await getPages(maxPages, Math.ceil(items.length / 2)); // it must come in smaller pages, too
  } else if (others.length > 0 && standard && size > 0) {
    const [asked = []] = await getPages(1, size);
    // A page can be short for other reasons, but not of another length. One that is too long is reported as such.
    if (asked.length !== items.length && asked.length <= size) {
      const value = `${items.length} items, but ${asked.length} when asked for ${size}`;
      const origin = { operation: list.id, status: 200, pointer: `/${key}` };
      found.push({ ...origin, rule: `default: ${size}`, value, place: standard });
    }
  }
  return items[0];
}

/** Sends requests that the server must refuse. */
async function askForRefusals(list: Operation, ids: Values, ask: Ask, found: Found[]): Promise<void> {
  const above = Number(pageSizeOf(list)?.at("schema", "maximum").value) + 1;
  const required = list.parameters
    .filter(({ fields }) => fields["required"])
    .map((parameter) => parameter.text("name"));
  const probes = [
    { when: "without a token", expected: [401], headers: { authorization: "" } },
    ...required.map((name) => {
      const values = { [name]: String(ids[name]).slice(0, 3).padEnd(20, "0") };
      // A mock server that accepts any id does as `prefer` says.
      return { when: `for an unknown ${name}`, expected: [404, 403], values, headers: { prefer: "code=404" } };
    }),
    { when: `for a pageSize of ${above}`, expected: above ? [400] : [], values: { pageSize: above } },
    { when: "for a made-up pageToken", expected: [400], values: { pageToken: "made-up" } },
  ];
  for (const { when, values, headers, ...probe } of probes) {
    const expected = probe.expected.filter((status) => responseOf(list, status));
    if (expected.length === 0) continue;
    const { status } = await ask(list, { ...ids, ...values }, headers);
    if (expected.includes(status) || !responseOf(list, status)) continue; // the latter is found in the traffic
    const place = list.node.at("responses", String(expected[0]));
    const rule = `${expected.join(" or ")} ${when}`;
    found.push({ operation: list.id, status, pointer: "", rule, value: `${status}`, place });
  }
}
