// The registry refuses a package whose `repository` is not the one that the provenance names. It does so when the tag has
// been pushed already.
import type { Package } from "./check-release.js";

/**
 * The problem of the `repository` of package.json; undefined when it is right.
 *
 * @param repository an object with its URL, or its URL or a short form, such as `owner/name` and `gitlab:owner/name`
 * @param origin the URL of the git remote
 */
export function repositoryProblem(repository: Package["repository"], origin: string | undefined): string | undefined {
  const url = typeof repository === "string" ? repository : repository?.url;
  if (!url) return "package.json must have `repository`, or the registry refuses the provenance.";
  if (origin === undefined || normalize(url) === normalize(origin)) return undefined;
  return `package.json has the repository ${url}, but the remote is ${origin}.`;
}

const hosts: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  bitbucket: "bitbucket.org",
};

/** The host and the path of a repository, however its URL is written. */
function normalize(url: string): string {
  return url
    .replace(
      /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/,
      (_, host = "github", path) => `${hosts[host]}/${path}`,
    )
    .replace(/^git\+/, "")
    .replace(/^(\w+:\/\/)?(\w+@)?/, "")
    .replace(":", "/")
    .replace(/\.git$|\/$/g, "")
    .toLowerCase();
}
