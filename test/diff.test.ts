import { describe, expect, test } from "vitest";
import bundled from "../generated/openapi.json" with { type: "json" };
import { compare, type Impact } from "../scripts/diff/compare.js";
import { requiredVersion } from "../scripts/diff/report.js";

type Bundled = typeof bundled;
const route = "/managed-mysql/v1/clusters/{clusterId}/backups";
const changed = (change: (description: Bundled) => unknown): Bundled => {
  const copy = structuredClone(bundled);
  change(copy);
  return copy;
};
const replaced = (text: string, by: string): Bundled => JSON.parse(JSON.stringify(bundled).replaceAll(text, by));
const withType = changed(({ components }) => Object.assign(components.schemas, { New: { type: "string" } }));
const withPath = changed(({ paths }) => Object.assign(paths, { "/new": { get: { responses: {} } } }));
const withUnused = changed(({ components: { parameters } }) => Object.assign(parameters, { New: parameters.PageSize }));
const withTag = changed(({ tags }) => tags.push(...tags.map((tag) => ({ ...tag, name: `New ${tag.name}` }))));

describe("the description as a whole:", () => {
  test.each<[change: string, impact: Impact | "nothing", reason: string, now: Bundled, base?: Bundled]>([
    ["info.version alone changes", "nothing", "", changed(({ info }) => Object.assign(info, { version: "9.0.0" }))],
    ["a parameter that nothing uses is shared", "nothing", "", withUnused],
    ["a path is added", "minor", "was added", withPath],
    ["a path is removed", "major", "was removed", bundled, withPath],
    ["a path is renamed", "major", "was renamed", replaced(route, "/elsewhere/{clusterId}/backups")],
    ["a parameter of the path is renamed", "major", "does not compile", replaced("clusterId", "id")],
    ["a schema is added", "minor", "There is a type `New`", withType],
    ["a schema is removed", "major", "`New` is no longer exported", bundled, withType],
    ["a schema is renamed", "major", "`BackupType` is exported as `BackupKind`", replaced("BackupType", "BackupKind")],
    ["the server changes", "major", "go there now", replaced("mdb.api.cloud.yandex.net", "other.example")],
    ["no token is asked for", "minor", "Less is asked", changed((description) => (description.security = []))],
    ["the token goes elsewhere", "major", "changed from", replaced('"scheme":"bearer"', '"scheme":"basic"')],
    ["tags are added", "patch", "documentation", withTag],
  ])("%s → %s", async (_, impact, reason, now, base = bundled) => {
    const all = await compare(base, now);
    expect(all[0]?.impact ?? "nothing", JSON.stringify(all, null, 2)).toBe(impact);
    expect(all.map((change) => change.reason).join("\n")).toContain(reason);
  });
});

describe("the version that changes ask for", () => {
  test.each<[version: string, impact: Impact | undefined, required: string]>([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", undefined, "1.2.3"],
    ["0.2.3", "major", "0.3.0"],
  ])("after %s and a %s change is %s", (version, impact, required) => {
    expect(requiredVersion(version, impact)).toBe(required);
  });

  test("cannot be told of one that is no semantic version", () => {
    expect(() => requiredVersion("v1", "minor")).toThrow(
      'info.version must be a semantic version, as 1.2.3, but is "v1"',
    );
  });
});
