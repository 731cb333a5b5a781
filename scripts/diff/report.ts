// Renders the changes for a terminal or a pull request, with the version that they require.
import semver from "semver";
import type { Change, Impact } from "./compare.js";

export interface Report {
  /** The revision to compare with, and the reason to choose it, unless it is a release. */
  readonly since: string;
  readonly why?: string;
  /** `info.version` before and now. */
  readonly versions: readonly [before: string, now: string];
  /** Those that break callers first. */
  readonly changes: readonly Change[];
}

const headings = { major: "Breaking", minor: "Additive", patch: "Cosmetic" };

/** The changes, and whether `info.version` is high enough. */
export function renderReport(report: Report, markdown: boolean): { passed: boolean; text: string } {
  const { why, versions, changes } = report;
  const sections = Object.entries(headings).flatMap(([impact, heading]) => {
    const some = together(changes.filter((change) => change.impact === impact));
    if (some.length === 0) return [];
    if (!markdown) return [heading, ...some.map(({ place, reason }) => `  ${place}: ${reason}`), ""];
    return [`### ${heading}\n`, ...some.map(({ place, reason }) => `- \`${place}\`: ${reason}`), ""];
  });
  const { passed, sentence } = verdict(report);
  const title = markdown ? [`## The API, ${versions.join(" → ")}\n`] : [];
  const last = markdown && !passed ? `**${sentence}**` : sentence;
  return { passed, text: [...title, ...sections, ...(why ? [why] : []), last].join("\n") };
}

/** The same change of several operations is reported once. */
function together(changes: readonly Change[]): Change[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.reason} ${change.place.replace(/^paths\/[^/]+\/[^/]+|(?<= of )[A-Z]+ [^/]+/, "")}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first || more.length === 0) return first ?? [];
    return { ...first, place: `${first.place}, and ${more.length} more like it` };
  });
}

function verdict({ since, versions: [before, now], changes: [greatest] }: Report) {
  const required = requiredVersion(before, greatest?.impact);
  const what = greatest
    ? `The greatest change since ${since} is ${headings[greatest.impact].toLowerCase()} (${greatest.impact})`
    : `Nothing changed since ${since}`;
  const sentence = `${what}: info.version must be ${required} or above, and is ${now}.`;
  return { passed: semver.gte(valid(now), required), sentence };
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
