import { parseArgs } from "node:util";
import { endpointUrl } from "../endpoint-url.js";
import type { formats } from "./report.js";
import type { VerifyOptions } from "./verify.js";

const usage = `Usage: YC_TOKEN=… npm run verify -- [CLUSTER_ID] [--folder FOLDER_ID] [--endpoint URL]
       [--max-pages 20] [--no-probes] [--har FILE] [--json | --markdown]
       npm run verify -- TRAFFIC.har [--endpoint URL] [--json | --markdown]`;

/**
 * Reads the arguments and the environment.
 *
 * @throws {Error} when one of them cannot be used
 */
export function readArguments(args: string[]): { options: VerifyOptions; format: keyof typeof formats } {
  const boolean = { type: "boolean", default: false } as const;
  const string = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    options: {
      endpoint: string,
      folder: string,
      har: string,
      json: boolean,
      markdown: boolean,
      "max-pages": { ...string, default: "20" },
      "no-probes": boolean,
    },
    allowPositionals: true,
  });
  const [clusterId, ...rest] = positionals;
  const endpoint = endpointUrl(values.endpoint);
  const format = values.json ? "json" : values.markdown ? "markdown" : "text";
  if (clusterId?.endsWith(".har") && rest.length === 0) return { options: { traffic: clusterId, endpoint }, format };
  const ids = { ...(clusterId && { clusterId }), ...(values.folder && { folderId: values.folder }) };
  if (rest.length > 0 || Object.keys(ids).length === 0) throw new Error(usage);
  const pages = values["max-pages"];
  if (!/^[1-9]\d*$/.test(pages)) throw new Error(`--max-pages must be a whole number from 1, but is ${pages}`);
  const token = process.env["YC_TOKEN"]?.trim();
  if (!token) throw new Error(`Set YC_TOKEN to an IAM token.\n${usage}`);
  return {
    options: { token, endpoint, ids, har: values.har, maxPages: Number(pages), probes: !values["no-probes"] },
    format,
  };
}
