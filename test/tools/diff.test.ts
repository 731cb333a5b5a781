import { expect, test } from "vitest";
import { type Change, compare, type Impact } from "../../scripts/diff/compare.js";
import { requiredVersion } from "../../scripts/diff/report.js";
import { bundled, route } from "../support/library.js";

/** The parts of the description that the tests change. */
interface Bundled {
  info: { version: string };
  paths: object;
  components: { schemas: object; parameters: { PageSize: object } };
  security: object[];
  tags: { name: string }[];
}

const replaced = (text: string, by: string) => (json: string) => json.replaceAll(text, by);
const changed = (change: (description: Bundled) => unknown) => (json: string) => {
  const copy: Bundled = JSON.parse(json);
  change(copy);
  return JSON.stringify(copy);
};
const withType = changed(({ components }) => Object.assign(components.schemas, { New: { type: "string" } }));
const withPath = changed(({ paths }) => Object.assign(paths, { "/new": { get: { responses: {} } } }));
const withUnused = changed(({ components: { parameters } }) => Object.assign(parameters, { New: parameters.PageSize }));
const withTag = changed(({ tags }) => tags.push(...tags.map((tag) => ({ ...tag, name: `New ${tag.name}` }))));
const withVersion = changed(({ info }) => Object.assign(info, { version: "9.0.0" }));
const withoutToken = changed((description) => (description.security = []));

type Row = [change: string, impact: Impact | "nothing", place: string, reason: string, edit: (json: string) => string];

const groups: { rows: Row[]; backwards?: boolean }[] = [
  {
    rows: [
      ["info.version alone changes", "nothing", "info", "", withVersion],
      ["a parameter that nothing uses is shared", "nothing", "components/parameters", "", withUnused],
      ["a path is added", "minor", "paths/~1new", "was added", withPath],
      ["a schema is added", "minor", "components/schemas/New", "The type `New` was added", withType],
      ["the token is removed", "minor", "security", "Fewer credentials", withoutToken],
      ["tags are added", "patch", "tags", "documentation", withTag],
    ],
  },
  {
    backwards: true,
    rows: [
      ["a path is removed", "major", "paths/~1new", "was removed", withPath],
      ["a schema is removed", "major", "components/schemas/New", "`New` is no longer exported", withType],
    ],
  },
  {
    rows: [
      ["a schema is renamed", "major", "schemas/BookSort", "exported as `BookSort`", replaced("BookKind", "BookSort")],
      ["the server changes", "major", "effective servers", "go there now", replaced("library.example", "a.example")],
      ["the scheme of the token changes", "major", "securitySchemes", "changed from", replaced('"bearer"', '"basic"')],
    ],
  },
  // Both rename the path, so that one would hide the other.
  { rows: [["a path is renamed", "major", "paths", "was renamed", replaced(route, "/elsewhere/{shelfId}/books")]] },
  { rows: [["a parameter of the path is renamed", "major", "", "does not compile", replaced("shelfId", "id")]] },
];

/** The changes after the edits of a group; each run of `redocly diff` takes a second. */
const changesOf = groups.map(({ rows, backwards }) => {
  let changes: Promise<readonly Change[]> | undefined;
  const before = JSON.stringify(bundled);
  const both = [before, rows.reduce((json, [, , , , edit]) => edit(json), before)].map((json) => JSON.parse(json));
  const [base, now] = backwards ? both.toReversed() : both;
  return () => (changes ??= compare(base, now));
});

test.each(groups.flatMap(({ rows }, group) => rows.map((row) => [...row, group] as const)))(
  "in a description, %s: the impact is %s",
  async (_change, impact, place, reason, _edit, group) => {
    const changes = (await changesOf[group]?.()) ?? [];
    const found = changes.filter((change) => change.place.includes(place));
    expect(found[0]?.impact ?? "nothing", JSON.stringify(changes, null, 2)).toBe(impact);
    expect(found.map((change) => change.reason).join("\n")).toContain(reason);
  },
);

test.each<[version: string, impact: Impact | undefined, required: string]>([
  ["1.2.3", "major", "2.0.0"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["1.2.3", undefined, "1.2.3"],
  ["0.2.3", "major", "0.3.0"],
])("after version %s and a %s change, the description needs version %s", (version, impact, required) => {
  expect(requiredVersion(version, impact)).toBe(required);
});

test("an info.version that is not a semantic version is refused", () => {
  const message = 'info.version must be a semantic version, as 1.2.3, but is "v1"';
  expect(() => requiredVersion("v1", "minor")).toThrow(message);
});
