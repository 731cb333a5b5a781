// @ts-check
import { requiredVersion, suffices } from "./version.js";

/** @typedef {import("./compare.js").Change} Change */

const headings = { major: "Breaking", minor: "Additive", patch: "Cosmetic" };

/**
 * @typedef {object} Report
 * @property {string} since the revision that was compared with
 * @property {[string, string]} versions `info.version` before and now
 * @property {Change[]} changes those that break callers first
 */

/**
 * @param {Report} report
 * @returns {{ passed: boolean, text: string }} whether `info.version` is high enough, and a sentence that says so
 */
export function verdict({ since, versions: [before, now], changes: [greatest] }) {
  const required = requiredVersion(before, greatest?.impact);
  const passed = suffices(now, required);
  const what = greatest
    ? `What changed since ${since} is ${headings[greatest.impact].toLowerCase()} (${greatest.impact})`
    : `Nothing changed since ${since}`;
  return { passed, text: `${what}: info.version must be ${required} or above, and is ${now}.` };
}

/** @param {Report} report */
export function asText(report) {
  const lines = sections(report).flatMap(([heading, changes]) => [
    heading,
    ...changes.map(({ place, reason }) => `  ${place}: ${reason}`),
    "",
  ]);
  return [...lines, verdict(report).text].join("\n");
}

/** As a comment on a pull request, or an entry of a changelog. @param {Report} report */
export function asMarkdown(report) {
  const { passed, text } = verdict(report);
  const lines = sections(report).flatMap(([heading, changes]) => [
    `### ${heading}\n`,
    ...changes.map(({ place, reason }) => `- \`${place}\`: ${reason}`),
    "",
  ]);
  return [`## The API, ${report.versions.join(" → ")}\n`, ...lines, passed ? text : `**${text}**`].join("\n");
}

/**
 * @param {Report} report
 * @returns {[string, Change[]][]}
 */
function sections({ changes }) {
  return Object.entries(headings).flatMap(([impact, heading]) => {
    const some = changes.filter((change) => change.impact === impact);
    return some.length > 0 ? [[heading, some]] : [];
  });
}
