// The registry refuses a package whose `repository` is not the one that the provenance names. It does so when the tag has
// been pushed already.

/**
 * What is wrong with the `repository` of package.json; undefined when it is right.
 *
 * @param url `repository.url` of package.json
 * @param origin the URL of the git remote
 */
export function repositoryProblem(url: string | undefined, origin: string | undefined): string | undefined {
  if (!url) return "package.json has no `repository.url`, without which the registry refuses the provenance.";
  if (origin === undefined || normalize(url) === normalize(origin)) return undefined;
  return `package.json has the repository ${url}, but the remote is ${origin}.`;
}

/** The host and the path of a repository, however its URL is written. */
function normalize(url: string): string {
  return url
    .replace(/^git\+/, "")
    .replace(/^(\w+:\/\/)?(\w+@)?/, "")
    .replace(":", "/")
    .replace(/\.git$|\/$/g, "")
    .toLowerCase();
}
