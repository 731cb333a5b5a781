// Verifies a server, or recorded traffic: both are compared as a HAR file.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { redactor } from "../../src/redact.js";
import { validateBaseUrl } from "../../src/validate-options.js";
import { apiOf, load } from "../description/load.js";
import { operationsOfPath } from "../description/operations.js";
import { readSources } from "../description/sources.js";
import { type AskOptions, askServer } from "./ask-server.js";
import { checkResponse, missingFields } from "./check-response.js";
import { drift } from "./drift.js";
import { exchangesWith, readHar } from "./har.js";
import { merge, type Report } from "./report.js";

export interface VerifyOptions extends AskOptions {
  /** @default the first server of the description */
  readonly endpoint?: string | undefined;
  /** The file with the traffic: the server is not asked. */
  readonly traffic?: string | undefined;
  /** Where to keep what is recorded of a server, as HAR. @default nowhere */
  readonly har?: string | undefined;
  /** The folder of the project. @default the working folder */
  readonly root?: string;
}

/**
 * Compares a server, or traffic, with the description of a project.
 *
 * @throws {Error} when an option, the description or the traffic cannot be used
 */
export async function verify({ traffic, root = process.cwd(), ...options }: VerifyOptions): Promise<Report> {
  const { spec } = await apiOf(root);
  const description = await load(root);
  const source = readSources(path.join(root, spec));
  const paths = source.at("paths");
  const operations = paths.keys.flatMap((name) => operationsOfPath(name, paths.at(name)));
  const endpoint = options.endpoint ?? source.at("servers", "0").text("url");
  // No token travels with recorded traffic.
  const isRecorded = traffic !== undefined && URL.canParse(endpoint);
  const server = isRecorded ? new URL(endpoint).href.replace(/\/+$/, "") : validateBaseUrl(endpoint, "--endpoint");
  const redact = redactor([options.token ?? "", ...Object.values(options.ids ?? {})]);
  const folder = await mkdtemp(path.join(tmpdir(), "verify-"));
  const har = traffic ?? options.har ?? path.join(folder, "traffic.har");
  try {
    const asked = traffic === undefined ? await askServer(server, operations, har, options) : undefined;
    const entries = readHar(har);
    const exchanges = exchangesWith(server, entries, operations);
    const ids = new Set(exchanges.map(({ operation }) => operation?.id));
    const described = exchanges.filter(({ content }) => content);
    const withBody = described.filter(({ body }) => body !== undefined);
    if (!asked && ![...ids].some(Boolean))
      throw new Error(`${traffic} has nothing of this API at ${server}; --endpoint or YC_ENDPOINT sets another server`);
    if (!asked && described.length > 0 && withBody.length === 0)
      throw new Error(`${traffic} has no body of a response: record the traffic with its bodies`);
    const bodies = exchanges.length > 0 ? await drift(description, exchanges, folder, !asked) : [];
    const responses = exchanges.flatMap((exchange) => [...checkResponse(exchange, paths)]);
    return {
      disagreements: merge([...responses, ...bodies, ...(asked?.found ?? [])], redact),
      missing: asked?.stopped ? [] : merge(missingFields(exchanges), redact),
      notAsked: operations.map(({ id }) => id).filter((id) => !ids.has(id)),
      requests: asked?.requests ?? exchanges.length,
      leftOut: entries.length - exchanges.length,
      withoutBody: described.length - withBody.length,
      stopped: asked?.stopped ? redact(asked.stopped) : null,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
