// @ts-check
// Redocly takes a server that is described otherwise for another one, and does not see which server is the first.

/**
 * @typedef {import("./compare.js").Change} Change
 * @typedef {{ url: string, description?: string, variables?: object }} Server
 */

/**
 * @param {{ base: { servers?: Server[] }, revision: { servers?: Server[] } }} descriptions
 * @returns {Change[]}
 */
export function judgeServers({ base: { servers: before = [] }, revision: { servers: after = [] } }) {
  /** @type {Change[]} */
  const changes = [];
  /** @type {(impact: Change["impact"], reason: string) => void} */
  const report = (impact, reason) => void changes.push({ impact, place: "servers", reason });

  for (const { url, description, variables } of before) {
    const same = after.find((server) => server.url === url);
    if (!same) report("major", `The server \`${url}\` was removed.`);
    else if (JSON.stringify(same.variables) !== JSON.stringify(variables)) {
      report("major", `The server \`${url}\` has other variables.`);
    } else if (same.description !== description) report("patch", `The server \`${url}\` is described otherwise.`);
  }
  for (const { url } of after) {
    if (!before.some((server) => server.url === url)) report("minor", `The server \`${url}\` was added.`);
  }
  if (before[0]?.url !== after[0]?.url) {
    report("major", `The first server is \`${after[0]?.url}\`: clients without a baseUrl go there now.`);
  }
  return changes;
}
