import path from "node:path";
import { parseArgs } from "node:util";
import { endpointUrl } from "../endpoint-url.js";

const usage = `Usage: YC_TOKEN=… npm run verify -- [CLUSTER_ID] [--folder FOLDER_ID] [--endpoint URL]
       [--max-pages 20] [--no-probes] [--har FILE] [--json | --markdown]
       npm run verify -- TRAFFIC.har [--endpoint URL] [--json | --markdown]`;

/**
 * Reads the arguments and the environment.
 *
 * @throws {Error} when one of them cannot be used
 */
export function readArguments(args: string[]) {
  const boolean = { type: "boolean", default: false } as const;
  const string = { type: "string" } as const;
  const pages = { ...string, default: "20" };
  const options = { endpoint: string, folder: string, har: string, json: boolean, markdown: boolean };
  const all = { ...options, "max-pages": pages, "no-probes": boolean };
  const { values, positionals } = parseArgs({ args, options: all, allowPositionals: true });
  const [target, ...rest] = positionals;
  const { folder, har, json, markdown, "max-pages": maxPages, "no-probes": noProbes } = values;
  const format = json ? "json" : markdown ? "markdown" : "text";
  const shared = { endpoint: endpointUrl(values.endpoint), format } as const;
  if (rest.length > 0 || !(target || folder)) throw new Error(usage);
  // npm runs this in the folder of the project.
  const pathOf = (file: string) => path.resolve(process.env["INIT_CWD"] ?? "", file);
  if (target && /\.har(\.json)?$/i.test(target)) return { ...shared, traffic: pathOf(target) };
  if (!/^[1-9]\d*$/.test(maxPages)) throw new Error(`--max-pages must be a whole number from 1, but is ${maxPages}`);
  const token = process.env["YC_TOKEN"]?.trim();
  if (!token) throw new Error(`Set YC_TOKEN to an IAM token.\n${usage}`);
  const ids = { ...(target && { clusterId: target }), ...(folder && { folderId: folder }) };
  return { ...shared, token, ids, har: har && pathOf(har), maxPages: Number(maxPages), probes: !noProbes };
}
