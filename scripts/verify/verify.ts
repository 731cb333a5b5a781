// Verifies a server, or recorded traffic: both are compared as a HAR file.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordHar } from "../../src/mock/har.js";
import { redactor } from "../../src/redact.js";
import { validateBaseUrl, validateHeaders } from "../../src/validate-options.js";
import { listsOf } from "../description/lists.js";
import { apiOf, load } from "../description/load.js";
import { operationsOfPath } from "../description/operations.js";
import { readSources } from "../description/sources.js";
import { createAsk, isEnough, UnavailableError, type Values, verifyListing } from "./ask-server.js";
import { checkResponse } from "./check-response.js";
import { drift } from "./drift.js";
import { type Found, merge } from "./findings.js";
import { exchangesWith, readHar } from "./har.js";
import type { Report } from "./report.js";

export interface VerifyOptions {
  /** @default the first server of the description */
  readonly endpoint?: string | undefined;
  /** The file with the traffic: the server is not asked. */
  readonly traffic?: string | undefined;
  /** Where to keep what is recorded of a server, as HAR. @default nowhere */
  readonly har?: string | undefined;
  /** The folder of the project. @default the working folder */
  readonly root?: string;
  readonly token?: string;
  /** What to list: the operations of which all required parameters are here. */
  readonly ids?: Values;
  /** The most pages of one listing. @default 20 */
  readonly maxPages?: number;
  /** Whether to send requests that must fail, too. @default true */
  readonly probes?: boolean;
  /** Called before each request, with its number. */
  readonly onRequest?: ((requests: number) => void) | undefined;
}

/**
 * Compares a server, or traffic, with the description of the project in the working folder.
 *
 * @throws {Error} when an option, the description or the traffic cannot be used
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { token = "", ids = {}, maxPages = 20, probes = true } = options;
  validateHeaders({ authorization: `Bearer ${token}` });
  const { root: project = process.cwd() } = options;
  const { spec } = await apiOf(project);
  const description = await load(project);
  const root = readSources(path.join(project, spec));
  const paths = root.at("paths");
  const operations = paths.keys.flatMap((name) => operationsOfPath(name, paths.at(name)));
  const server = validateBaseUrl(options.endpoint ?? root.at("servers", "0").text("url"));
  const redact = redactor([token]);
  const folder = await mkdtemp(path.join(tmpdir(), "verify-"));
  const traffic = options.traffic ?? options.har ?? path.join(folder, "traffic.har");
  const found: Found[] = [];
  let requests = 0;
  let stopped: string | null = null;
  try {
    if (options.traffic === undefined) {
      const lists = operations.filter((operation) => listsOf(operation) && isEnough(ids, operation));
      if (lists.length === 0) throw new Error(`${spec} lists nothing by ${Object.keys(ids).join(" and ")}`);
      const record = recordHar(traffic);
      const ask = createAsk(server, async (request, init) => {
        // An endpoint with http: is on a loopback address, and needs no patience.
        if (requests > 0 && server.startsWith("https:")) await sleep(350);
        requests += 1;
        options.onRequest?.(requests);
        if (request.headers.get("authorization") === "") request.headers.delete("authorization");
        else request.headers.set("authorization", `Bearer ${token}`);
        return await record(request, init);
      });
      try {
        for (const list of lists) {
          stopped = list.id;
          await verifyListing(list, operations, ids, ask, maxPages, probes, found);
        }
        stopped = null;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        stopped = redact(`${stopped}: ${error.message}`);
      }
    }
    const entries = readHar(traffic);
    const exchanges = exchangesWith(server, entries, operations);
    if (options.traffic !== undefined && !exchanges.some(({ operation }) => operation)) {
      throw new Error(`${traffic} has nothing of this API at ${server}; --endpoint sets another server`);
    }
    const drifted = await drift(description, exchanges, operations, folder, options.traffic !== undefined);
    const asked = new Set(exchanges.map(({ operation }) => operation?.id));
    return {
      disagreements: merge(
        [...exchanges.flatMap((one) => checkResponse(one, paths)), ...drifted.found, ...found],
        redact,
      ),
      missing: stopped === null ? merge(drifted.missing, redact) : [],
      notAsked: operations.map(({ id }) => id).filter((id) => !asked.has(id)),
      requests: options.traffic === undefined ? requests : exchanges.length,
      leftOut: entries.length - exchanges.length,
      stopped,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
