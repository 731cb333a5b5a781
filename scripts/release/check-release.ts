import semver from "semver";
import { repositoryProblem } from "./repository.js";

/** The fields of package.json that are checked. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly publishConfig?: object;
  readonly repository?: string | { readonly url?: string };
}

/** The state of the working tree. */
export interface State {
  /** The date of the version in the changelog. */
  readonly date: string;
  /** The day where the release is made: see {@link dayOf}. */
  readonly today: string;
  readonly branch: string;
  /** The names of the tags in this clone. */
  readonly tags: readonly string[];
  /** The names of the tags in the remote. */
  readonly remoteTags: readonly string[];
  /** Whether the changes of the description require a higher `info.version`. */
  readonly isVersionTooLow: boolean;
  /** The URL of the remote; undefined without a remote. */
  readonly origin: string | undefined;
}

/**
 * Returns the problems that keep a version from being released, or would make the registry refuse it after the tag was
 * pushed.
 */
export function checkRelease(manifest: Package, state: State): string[] {
  const { version } = manifest;
  const tag = `v${version}`;
  const released = [...state.tags, ...state.remoteTags]
    .map((name) => name.slice(1))
    .filter((name) => semver.valid(name));
  const newest = semver.maxSatisfying(released, "*");
  const repository = repositoryProblem(manifest.repository, state.origin);
  const problems: readonly [boolean, string][] = [
    [!isDate(state.date), `CHANGELOG.md dates ${version} "${state.date}", and not yyyy-mm-dd.`],
    [
      isDate(state.date) && state.date > state.today,
      `CHANGELOG.md dates ${version} ${state.date}, which is in the future.`,
    ],
    [state.branch !== "main", `The branch is ${state.branch}, and not main.`],
    [state.tags.includes(tag), `The tag ${tag} exists already.`],
    [state.remoteTags.includes(tag), `The tag ${tag} exists already in the remote.`],
    [newest !== null && semver.lt(version, newest), `${version} is below v${newest}, which is tagged.`],
    [
      !/^\d+\.\d+\.\d+$/.test(version),
      `The version must be x.y.z, because it is published as the latest, but is ${version}.`,
    ],
    [state.isVersionTooLow, "info.version of the description is too low for its changes: see `npm run diff`."],
    [manifest.private === true, "package.json has `private`, which prevents publishing."],
    [
      manifest.publishConfig !== undefined,
      "package.json has `publishConfig`, which can publish the package elsewhere.",
    ],
    [repository !== undefined, repository ?? ""],
  ];
  return problems.flatMap(([isProblem, text]) => (isProblem ? [text] : []));
}

/** The day in this computer's time zone, as yyyy-mm-dd: the one that a maintainer writes. */
export function dayOf(time: Date): string {
  const numbers = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return numbers.map((number) => String(number).padStart(2, "0")).join("-");
}

/** Whether a text is a day as yyyy-mm-dd. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
