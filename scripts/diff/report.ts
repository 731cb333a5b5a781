// What changed, for a terminal and for a pull request, and the version that it asks for.
import semver from "semver";
import type { Change, Impact } from "./compare.js";

const headings = { major: "Breaking", minor: "Additive", patch: "Cosmetic" };

export interface Report {
  /** The revision that was compared with, and why that one if it is no release. */
  readonly since: string;
  readonly why?: string;
  /** `info.version` before and now. */
  readonly versions: readonly [before: string, now: string];
  /** Those that break callers first. */
  readonly changes: readonly Change[];
}

/** Whether `info.version` is high enough, and a sentence that says so. */
export function verdict({ since, versions: [before, now], changes: [greatest] }: Report) {
  const required = requiredVersion(before, greatest?.impact);
  const passed = semver.gte(valid(now), required);
  const what = greatest
    ? `What changed since ${since} is ${headings[greatest.impact].toLowerCase()} (${greatest.impact})`
    : `Nothing changed since ${since}`;
  return { passed, text: `${what}: info.version must be ${required} or above, and is ${now}.` };
}

/** By Semantic Versioning; below 1.0.0 a break moves the second number. */
export function requiredVersion(before: string, impact: Impact | undefined): string {
  if (!impact) return valid(before);
  const part = impact === "major" && semver.major(valid(before)) === 0 ? "minor" : impact;
  return semver.inc(valid(before), part) ?? before;
}

function valid(version: string): string {
  if (semver.valid(version) === version) return version;
  throw new Error(`info.version must be a semantic version, as 1.2.3, but is ${JSON.stringify(version)}`);
}

export function asText(report: Report): string {
  const lines = sections(report).flatMap(([heading, changes]) => [
    heading,
    ...changes.map(({ place, reason }) => `  ${place}: ${reason}`),
    "",
  ]);
  return [...lines, ...reasons(report), verdict(report).text].join("\n");
}

/** As a comment on a pull request, or an entry of a changelog. */
export function asMarkdown(report: Report): string {
  const { passed, text } = verdict(report);
  const lines = sections(report).flatMap(([heading, changes]) => [
    `### ${heading}\n`,
    ...changes.map(({ place, reason }) => `- \`${place}\`: ${reason}`),
    "",
  ]);
  const title = `## The API, ${report.versions.join(" → ")}\n`;
  return [title, ...lines, ...reasons(report), passed ? text : `**${text}**`].join("\n");
}

function reasons({ why }: Report): string[] {
  return why ? [why] : [];
}

function sections({ changes }: Report): [heading: string, changes: Change[]][] {
  return Object.entries(headings).flatMap(([impact, heading]): [string, Change[]][] => {
    const some = together(changes.filter((change) => change.impact === impact));
    return some.length > 0 ? [[heading, some]] : [];
  });
}

/** The same change of several operations is told once. */
function together(changes: readonly Change[]): Change[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.reason} ${change.place.replace(/^paths\/[^/]+\/[^/]+|(?<= of )[A-Z]+ [^/]+/, "")}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    return more.length === 0 ? first : { ...first, place: `${first.place}, and ${more.length} more like it` };
  });
}
