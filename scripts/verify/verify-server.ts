// Sends all requests of a verification, and creates the report.
import path from "node:path";
import { findLists } from "../../src/mock/list-operations.js";
import { readOperations } from "../../src/mock/prism.js";
import { redactor } from "../../src/redact.js";
import { validateBaseUrl, validateHeaders } from "../../src/validate-options.js";
import { Findings } from "./findings.js";
import type { Report } from "./report.js";
import { createGet, UnavailableError } from "./send-get.js";
import { readDescription } from "./source-location.js";
import { type Ids, Listing } from "./verify-listing.js";

const spec = "openapi/openapi.yaml";

export interface VerifyOptions {
  readonly token: string;
  /** @default the first server of the description */
  readonly endpoint?: string | undefined;
  /** What to list: the operations of which all these parameters are required. */
  readonly ids: Ids;
  /** The most pages of one listing. */
  readonly maxPages: number;
  /** Whether to send requests that must fail, too. */
  readonly probes: boolean;
  /** Called before each request, with its number. */
  readonly onRequest?: ((requests: number) => void) | undefined;
}

/**
 * Compares a server with the description of the project in the working folder.
 *
 * @throws {Error} when an option, or the description, cannot be used
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { token, ids, maxPages, probes, onRequest } = options;
  validateHeaders({ authorization: `Bearer ${token}` });
  const description = await readDescription(spec);
  const endpoint = validateBaseUrl(options.endpoint ?? description.text("servers", "0", "url"));
  const lists = findLists(await readOperations(path.resolve(spec))).filter(({ owners }) => {
    return owners.every(({ name }) => Object.hasOwn(ids, name));
  });
  if (lists.length === 0) throw new Error(`${spec} lists nothing by ${Object.keys(ids).join(" and ")}`);
  const redact = redactor([token]);
  const findings = new Findings(redact);
  let requests = 0;
  // An endpoint with http: is on a loopback address, and needs no patience.
  const get = createGet(endpoint, token, endpoint.startsWith("http:") ? 0 : 350, () => {
    requests += 1;
    onRequest?.(requests);
  });
  let stopped: string | null = null;
  for (const list of lists) {
    const listing = new Listing(list, ids, description, get, findings);
    try {
      await listing.verifyPages(maxPages);
      if (probes) await listing.probe();
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      stopped = redact(`${listing.name}: ${error.message}`);
      break;
    }
  }
  const missing = stopped === null ? await findings.missing() : [];
  return { disagreements: await findings.disagreements(), missing, requests, stopped };
}
