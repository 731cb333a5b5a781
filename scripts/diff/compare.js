// @ts-check
// What changed between two bundled descriptions, by Redocly's diff and by our own rules on top of it.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { judge } from "./rules.js";
import { judgeServers } from "./servers.js";

/**
 * `major` breaks callers, `minor` adds something, and `patch` does neither.
 * @typedef {"major" | "minor" | "patch"} Impact
 *
 * @typedef {object} Change
 * @property {Impact} impact
 * @property {string} place where it is in the bundled description, as a JSON pointer
 * @property {string} reason what changed, and why it has this impact
 */

const command = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));
const order = ["major", "minor", "patch"];

/**
 * @param {object} base bundled
 * @param {object} revision bundled
 * @param {(args: string[]) => Promise<unknown>} [redocly] runs Redocly's command
 * @returns {Promise<Change[]>} the changes but that of `info.version`, those that break callers first
 */
export async function compare(base, revision, redocly = runRedocly) {
  const descriptions = { base, revision };
  const changes = (await redoclyDiff(descriptions, redocly)).flatMap((change) => judge(change, descriptions) ?? []);
  return [...judgeServers(descriptions), ...changes].sort((a, b) => order.indexOf(a.impact) - order.indexOf(b.impact));
}

/** @param {string[]} args */
function runRedocly(args) {
  // Both would wait for a network that a build may lack.
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return promisify(execFile)(process.execPath, [command, ...args], { env });
}

/**
 * @param {{ base: object, revision: object }} descriptions
 * @param {(args: string[]) => Promise<unknown>} redocly
 * @returns {Promise<import("./rules.js").RedoclyChange[]>}
 */
async function redoclyDiff({ base, revision }, redocly) {
  const folder = await mkdtemp(path.join(tmpdir(), "diff-"));
  const [before, after, report] = [`${folder}/base.json`, `${folder}/revision.json`, `${folder}/report.json`];
  try {
    await writeFile(before, JSON.stringify(base));
    await writeFile(after, JSON.stringify(revision));
    const format = ["--config", config, "--format", "json", "--output", report, "--fail-on", "none"];
    await redocly(["diff", before, after, ...format]);
    return JSON.parse(await readFile(report, "utf8")).changes;
  } finally {
    await rm(folder, { recursive: true });
  }
}
