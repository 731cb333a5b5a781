import { beforeAll, describe, expect, test } from "vitest";
import { type Change, compare, type Impact } from "../scripts/diff/compare.js";
import { requiredVersion } from "../scripts/diff/report.js";
import { bundled, route } from "./support/library.js";

/** What the tests change in the description. */
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

/** The changes after these edits; each run of `redocly diff` takes a second. */
async function changesOf(rows: readonly Row[], backwards = false) {
  const before = JSON.stringify(bundled);
  const after = rows.reduce((json, [, , , , edit]) => edit(json), before);
  const [base, now] = [JSON.parse(before), JSON.parse(after)];
  return backwards ? await compare(now, base) : await compare(base, now);
}

describe("the description as a whole:", () => {
  const additions: Row[] = [
    ["info.version alone changes", "nothing", "info", "", withVersion],
    ["a parameter that nothing uses is shared", "nothing", "components/parameters", "", withUnused],
    ["a path is added", "minor", "paths/~1new", "was added", withPath],
    ["a schema is added", "minor", "components/schemas/New", "The type `New` was added", withType],
    ["no token is asked for", "minor", "security", "Fewer credentials", withoutToken],
    ["tags are added", "patch", "tags", "documentation", withTag],
  ];
  const removals: Row[] = [
    ["a path is removed", "major", "paths/~1new", "was removed", withPath],
    ["a schema is removed", "major", "components/schemas/New", "`New` is no longer exported", withType],
  ];
  const others: Row[] = [
    [
      "a schema is renamed",
      "major",
      "components/schemas/BookSort",
      "`BookKind` was renamed to `BookSort`",
      replaced("BookKind", "BookSort"),
    ],
    ["the server changes", "major", "effective servers", "go there now", replaced("library.example", "other.example")],
    [
      "the token goes elsewhere",
      "major",
      "components/securitySchemes",
      "changed from",
      replaced('"scheme":"bearer"', '"scheme":"basic"'),
    ],
  ];
  const check = (changes: readonly Change[], [, impact, place, reason]: Row): void => {
    const found = changes.filter((change) => change.place.includes(place));
    expect(found[0]?.impact ?? "nothing", JSON.stringify(changes, null, 2)).toBe(impact);
    expect(found.map((change) => change.reason).join("\n")).toContain(reason);
  };

  describe.each([
    [additions, false],
    [removals, true],
    [others, false],
  ])("", (rows, backwards) => {
    let changes: readonly Change[] = [];
    beforeAll(async () => {
      changes = await changesOf(rows, backwards);
    });

    test.each(rows)("%s → %s", (...row) => check(changes, row));
  });

  // Both rename the path, so that one would hide the other.
  test.each<Row>([
    ["a path is renamed", "major", "paths", "was renamed", replaced(route, "/elsewhere/{shelfId}/books")],
    ["a parameter of the path is renamed", "major", "", "does not compile", replaced("shelfId", "id")],
  ])("%s → %s", async (...row) => check(await changesOf([row]), row));
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
