// @ts-check

/**
 * Which version the changes ask for, by Semantic Versioning. Below 1.0.0 a break moves the second number.
 * @param {string} version the version before
 * @param {import("./compare.js").Change["impact"] | undefined} impact the greatest of the changes, if there are any
 */
export function requiredVersion(version, impact) {
  const [major, minor, patch] = parse(version);
  if (impact === "major" && major > 0) return `${major + 1}.0.0`;
  if (impact === "major" || impact === "minor") return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + (impact ? 1 : 0)}`;
}

/**
 * @param {string} version
 * @param {string} required
 */
export function suffices(version, required) {
  const [have, want] = [parse(version), parse(required)];
  const index = have.findIndex((number, place) => number !== want[place]);
  return index === -1 || (have[index] ?? 0) > (want[index] ?? 0);
}

/**
 * @param {string} version
 * @returns {[number, number, number]}
 */
function parse(version) {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined) throw new Error(`info.version must be three numbers, but is ${JSON.stringify(version)}`);
  return [Number(major), Number(minor), Number(patch)];
}
