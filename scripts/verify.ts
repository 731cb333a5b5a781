// Compares a real server with the description in the working tree. It sends GETs only, and prints a report.
import { parseArgs } from "node:util";
import { endpointUrl } from "./endpoint.js";
import { asMarkdown, asText } from "./verify/report.js";

const usage = `Usage: YC_TOKEN=… npm run verify -- [CLUSTER_ID] [--folder FOLDER_ID] [--endpoint URL]
       [--max-pages 20] [--no-probes] [--json | --markdown]`;

async function main(): Promise<void> {
  const boolean = { type: "boolean", default: false } as const;
  const string = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    options: {
      endpoint: string,
      folder: string,
      json: boolean,
      markdown: boolean,
      "max-pages": { ...string, default: "20" },
      "no-probes": boolean,
    },
    allowPositionals: true,
  });
  const [clusterId, ...rest] = positionals;
  const ids = { ...(clusterId && { clusterId }), ...(values.folder && { folderId: values.folder }) };
  if (rest.length > 0 || Object.keys(ids).length === 0) throw new Error(usage);
  const pages = values["max-pages"];
  if (!/^[1-9]\d*$/.test(pages)) throw new Error(`--max-pages must be a whole number from 1, but is ${pages}`);
  const token = process.env["YC_TOKEN"]?.trim();
  if (!token) throw new Error(`Set YC_TOKEN to an IAM token.\n${usage}`);
  const endpoint = endpointUrl(values.endpoint);

  const { verify } = await import("./verify/run.js"); // this loads Prism, which takes seconds
  const { stderr } = process;
  const onRequest = stderr.isTTY ? (requests: number) => stderr.write(`\rRequests: ${requests}`) : undefined;
  const probes = !values["no-probes"];
  const report = await verify({ token, endpoint, ids, maxPages: Number(pages), probes, onRequest });
  if (stderr.isTTY) stderr.write("\r\x1b[K");
  console.log(values.json ? JSON.stringify(report, null, 2) : values.markdown ? asMarkdown(report) : asText(report));
  process.exitCode = report.stopped !== null ? 3 : report.disagreements.length > 0 ? 1 : 0;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
