import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import bundled from "../generated/openapi.json" with { type: "json" };
import { compare } from "../scripts/diff/compare.js";
import { requiredVersion, suffices } from "../scripts/diff/version.js";
import { edit, project } from "./support/project.js";
import { Redocly } from "./support/redocly.js";
import { runScript, start } from "./support/run.js";

/** Any node of a description. */
type Node = { [key: string]: Node } & Node[];
type Impact = "major" | "minor" | "patch" | undefined;
/** Changes the second of two equal descriptions, or prepares both. */
type Edit = (revision: Node, base: Node) => void;

const route = "/managed-mysql/v1/clusters/{clusterId}/backups";
const backupType = ["components", "schemas", "BackupType"] as const;
const field = (...keys: string[]) => ["components", "schemas", "Backup", "properties", ...keys];
const parameter = (...keys: string[]) => ["components", "parameters", ...keys];
const operation = (...keys: string[]) => ["paths", route, "get", ...keys];
const ok = (...keys: string[]) => operation("responses", "200", ...keys);
const string = { type: "string", description: "x", maxLength: 5 };
const closed = { type: "string", description: "x", enum: ["A", "B"] };

const at = (node: Node, keys: readonly string[]): Node =>
  keys.reduce((parent, key) => (parent[key] ??= {} as Node), node);
const set =
  (value: unknown, ...keys: string[]): Edit =>
  (revision) => {
    at(revision, keys.slice(0, -1))[keys.at(-1) ?? ""] = structuredClone(value) as Node;
  };
const remove =
  (...keys: string[]): Edit =>
  (revision) => {
    const parent = at(revision, keys.slice(0, -1));
    const key = keys.at(-1) ?? "";
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete (parent as Node)[key];
  };
const add =
  (value: unknown, ...keys: string[]): Edit =>
  (revision) => {
    at(revision, keys).push(structuredClone(value) as Node);
  };
const rename =
  (keys: string[], name: string): Edit =>
  (revision) => {
    const parent = at(revision, keys.slice(0, -1));
    parent[name] = parent[keys.at(-1) ?? ""] as Node;
    delete parent[keys.at(-1) ?? ""];
  };
/** An edit of a description that another edit has prepared. */
const given =
  (prepare: Edit, change: Edit): Edit =>
  (revision, base) => {
    prepare(base, base);
    prepare(revision, revision);
    change(revision, base);
  };
const both =
  (...edits: Edit[]): Edit =>
  (revision, base) => {
    for (const one of edits) one(revision, base);
  };

const otherServer = { url: "https://other.example", description: "Another." };

/** What a list operation can undergo: the change, its verdict, and how the reason begins or what it has in it. */
const changes: [change: string, impact: Impact, reason: string, edit: Edit][] = [
  ["nothing", undefined, "", () => {}],
  ["info.version alone", undefined, "", set("9.0.0", "info", "version")],

  ["an operation is removed", "major", "was removed", remove("paths", route)],
  ["an operation is added", "minor", "was added", set({ get: { responses: {} } }, "paths", "/new")],
  ["an operation has another id", "major", "operationId", set("list", ...operation("operationId"))],
  ["an operation is elsewhere", "major", "was removed", rename(["paths", route], "/elsewhere/{clusterId}")],
  ["an operation is deprecated", "minor", "is deprecated", set(true, ...operation("deprecated"))],
  [
    "an operation is deprecated no more",
    "minor",
    "here to stay",
    given(set(true, ...operation("deprecated")), remove(...operation("deprecated"))),
  ],
  ["an operation has another summary", "patch", "worded otherwise", set("x", ...operation("summary"))],
  ["an operation has another tag", "patch", "`tags`", set(["Backup"], ...operation("tags"))],
  ["an operation loses a link", "patch", "was removed", remove(...ok("links"))],

  ["a parameter is removed", "major", "was removed", remove(...operation("parameters", "2"))],
  [
    "an optional parameter is added",
    "minor",
    "`q` was added",
    add({ name: "q", in: "query", description: "x", schema: string }, ...operation("parameters")),
  ],
  [
    "a required parameter is added",
    "major",
    "Required `q`",
    add({ name: "q", in: "query", required: true, description: "x", schema: string }, ...operation("parameters")),
  ],
  ["a parameter becomes required", "major", "became required", set(true, ...parameter("ClusterFilter", "required"))],
  ["a parameter becomes optional", "minor", "is optional", remove(...parameter("FolderId", "required"))],
  ["a parameter of the query is renamed", "major", "renamed", set("where", ...parameter("ClusterFilter", "name"))],
  [
    "a parameter of the path is renamed",
    "major",
    "do not compile",
    both(rename(["paths", route], route.replace("clusterId", "id")), set("id", ...parameter("ClusterId", "name"))),
  ],
  ["a parameter is deprecated", "minor", "is deprecated", set(true, ...parameter("ClusterFilter", "deprecated"))],
  ["a parameter has another type", "major", "narrowed", set("integer", ...parameter("ClusterId", "schema", "type"))],
  ["a maximum is lowered", "major", "Upper bound", set(500, ...parameter("PageSize", "schema", "maximum"))],
  ["a maximum is raised", "minor", "more is accepted", set(2000, ...parameter("PageSize", "schema", "maximum"))],
  ["a minimum is raised", "major", "Lower bound", set(1, ...parameter("PageSize", "schema", "minimum"))],
  ["a length is limited further", "major", "maxLength", set(40, ...parameter("ClusterId", "schema", "maxLength"))],
  [
    "a length is limited no more",
    "minor",
    "more is accepted",
    remove(...parameter("PageToken", "schema", "maxLength")),
  ],
  ["a default changes", "major", "something else", set(50, ...parameter("PageSize", "schema", "default"))],
  ["a default is told", "minor", "The default is", set("x", ...parameter("ClusterFilter", "schema", "default"))],
  ["a parameter has another example", "patch", "`example`", set("x", ...parameter("ClusterId", "example"))],
  ["a parameter is serialized otherwise", "major", "explode", set(false, ...parameter("ClusterFilter", "explode"))],

  ["a field is added", "minor", "`owner` was added", set(string, ...field("owner"))],
  ["a field is removed", "major", "was removed", remove(...field("size"))],
  ["a field is renamed", "major", "was removed", rename(field("size"), "bytes")],
  ["a field has another type", "major", "widened", set("integer", ...field("size", "type"))],
  ["a field can be null", "major", "widened", set(["string", "null"], ...field("folderId", "type"))],
  ["a field can be missing", "major", "no longer required", remove("components", "schemas", "Backup", "required")],
  [
    "a field cannot be missing",
    "minor",
    "`folderId` cannot be missing",
    add("folderId", "components", "schemas", "Backup", "required"),
  ],
  ["a field has no format any more", "major", "format", remove(...field("createdAt", "format"))],
  ["a field is deprecated", "minor", "The field is deprecated", set(true, ...field("size", "deprecated"))],
  [
    "a field is deprecated no more",
    "minor",
    "here to stay",
    given(set(true, ...field("size", "deprecated")), remove(...field("size", "deprecated"))),
  ],
  ["a field is described otherwise", "patch", "worded otherwise", set("x", ...field("size", "description"))],
  [
    "further fields are described no more",
    "major",
    "Further fields",
    remove("components", "schemas", "StatusDetail", "additionalProperties"),
  ],
  [
    "the list is renamed",
    "major",
    "removed",
    rename(["components", "schemas", "ListBackupsResponse", "properties", "backups"], "items"),
  ],
  [
    "the page token is answered no more",
    "major",
    "`nextPageToken`",
    remove("components", "schemas", "ListBackupsResponse", "properties", "nextPageToken"),
  ],

  ["a closed enum grows", "major", "gained `C`", given(set(closed, ...backupType), add("C", ...backupType, "enum"))],
  [
    "a closed enum shrinks",
    "major",
    "does not compile",
    given(set(closed, ...backupType), set(["A"], ...backupType, "enum")),
  ],
  ["an open enum grows", "minor", "knows `SCHEDULED`", add("SCHEDULED", ...backupType, "anyOf", "0", "enum")],
  [
    "an open enum shrinks",
    "patch",
    "no longer knows `MANUAL`",
    (revision) => void at(revision, [...backupType, "anyOf", "0", "enum"]).pop(),
  ],
  ["an enum opens", "major", "Enum", (_, base) => set(closed, ...backupType)(base, base)],
  ["an enum closes", "major", "anyOf", set(closed, ...backupType)],

  [
    "a schema is renamed",
    "major",
    "no longer exported",
    (revision) => {
      rename(["components", "schemas", "Backup"], "Copy")(revision, revision);
      set(
        "#/components/schemas/Copy",
        "components",
        "schemas",
        "ListBackupsResponse",
        "properties",
        "backups",
        "items",
        "$ref",
      )(revision, revision);
    },
  ],
  ["a schema is added", "minor", "There is a type `New`", set(string, "components", "schemas", "New")],

  ["a status is removed", "major", "was removed", remove(...operation("responses", "503"))],
  [
    "a status is added",
    "minor",
    "`409` was added",
    set({ $ref: "#/components/responses/BadRequest" }, ...operation("responses", "409")),
  ],
  ["a header is removed", "major", "headers", remove("components", "responses", "TooManyRequests", "headers")],
  [
    "a header is added",
    "minor",
    "was added",
    set({ "X-Id": { description: "x", schema: string } }, "components", "responses", "NotFound", "headers"),
  ],
  ["a media type changes", "major", "became", rename(ok("content", "application/json"), "application/xml")],
  ["an example changes", "patch", "worded otherwise", set("x", "components", "examples", "FirstPage", "summary")],

  ["the server changes", "major", "go there now", set("https://other.example", "servers", "0", "url")],
  ["a server is added", "minor", "was added", add(otherServer, "servers")],
  ["a server is removed", "major", "was removed", given(add(otherServer, "servers"), remove("servers", "1"))],
  [
    "another server is the first",
    "major",
    "The first server",
    (revision) => void at(revision, ["servers"]).unshift(otherServer as unknown as Node),
  ],
  ["a server is described otherwise", "patch", "described otherwise", set("x", "servers", "0", "description")],

  ["a token is no longer asked for", "minor", "Less is asked", set([], "security")],
  ["a token is asked for", "major", "became required", given(set([], "security"), set([{ iamToken: [] }], "security"))],
  [
    "the token goes elsewhere",
    "major",
    "changed from",
    set({ type: "apiKey", in: "header", name: "x", description: "x" }, "components", "securitySchemes", "iamToken"),
  ],
];

const redocly = new Redocly();
afterAll(() => redocly.end());

describe("a change is judged by what it does to callers:", () => {
  test.each(changes)("%s → %s", async (_, impact, reason, change) => {
    const base: Node = JSON.parse(JSON.stringify(bundled));
    const revision: Node = JSON.parse(JSON.stringify(bundled));
    change(revision, base);
    const all = (await compare(base, revision, redocly.run)).map((one) => ({ ...one, place: expect.any(String) }));
    expect(all[0]?.impact, JSON.stringify(all, null, 2)).toBe(impact);
    const greatest = all.filter((one) => one.impact === impact);
    if (impact) expect(greatest.map((one) => one.reason).join("\n")).toContain(reason);
  });
});

describe("the version that changes ask for", () => {
  test.each<[string, Impact, string]>([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", undefined, "1.2.3"],
    ["0.2.3", "major", "0.3.0"],
  ])("after %s and a %s change is %s", (version, impact, required) => {
    expect(requiredVersion(version, impact)).toBe(required);
  });

  test("is reached by itself and by any that is higher", () => {
    const reached = ["1.9.9", "1.10.0", "1.10.1", "1.11.0", "2.0.0"].map((version) => suffices(version, "1.10.0"));
    expect(reached).toEqual([false, true, true, true, true]);
    expect(() => suffices("1.0", "1.0.0")).toThrow('info.version must be three numbers, but is "1.0"');
  });
});

describe("npm run diff", () => {
  const script = path.resolve("scripts/diff.js");
  const now = bundled.info.version;
  const next = requiredVersion(now, "minor");

  /** A repository whose first commit has this project's description. */
  async function repository() {
    const root = await project();
    const git = async (...args: string[]) => {
      const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
      const { status, stderr } = await start("git", [...identity, ...args], { cwd: root }).ended;
      expect({ args, status, stderr }).toMatchObject({ status: 0 });
    };
    await git("init", "--quiet");
    await git("checkout", "--quiet", "-b", "main");
    await git("add", "openapi");
    await git("commit", "--quiet", "-m", "first");
    return { root, git, diff: (...args: string[]) => runScript(script, args, { cwd: root }) };
  }

  test("fails until info.version has moved, and compares with main until there is a release", async () => {
    const { root, git, diff } = await repository();
    expect(await diff()).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing changed since main") });

    const raise = (text: string) => text.replace("maximum: 1000", "maximum: 2000");
    await edit(root, "openapi/components/parameters/PageSize.yaml", raise);
    const place = "components/parameters/PageSize/schema/maximum";
    const reason = "`maximum` was 1000 and is 2000: more is accepted.";
    const sentence = `What changed since main is additive (minor): info.version must be ${next} or above, and is`;
    const text = `Additive\n  ${place}: ${reason}\n\n${sentence} ${now}.\n`;
    expect(await diff()).toEqual({ status: 1, stdout: text, stderr: "" });

    await edit(root, "openapi/openapi.yaml", (yaml) => yaml.replace(`version: ${now}`, `version: ${next}`));
    const markdown = `## The API, ${now} → ${next}\n\n### Additive\n\n- \`${place}\`: ${reason}\n\n${sentence} ${next}.\n`;
    expect(await diff("--format", "markdown")).toEqual({ status: 0, stdout: markdown, stderr: "" });

    await git("commit", "--quiet", "--all", "-m", "second");
    await git("tag", `v${now}`, "HEAD~1");
    await git("tag", `v${next}`);
    await git("tag", "v99.0.0-rc.1", "HEAD~1");
    expect(await diff()).toMatchObject({ status: 0, stdout: expect.stringContaining(`since v${next}: info`) });
    expect(await diff("HEAD~1")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("since HEAD~1 is additive"),
    });
  });

  test("says what to do when a revision is not there, and when the description cannot be read", async () => {
    const { root, diff } = await repository();
    const missing =
      "There is no revision v0.9.0 here. In a shallow clone, get them with: git fetch --tags --unshallow\n";
    expect(await diff("v0.9.0")).toEqual({ status: 1, stdout: "", stderr: missing });
    expect(await diff("--format", "pdf")).toMatchObject({ status: 1, stderr: expect.stringContaining("Usage") });
    await edit(root, "openapi/components/schemas/Backup.yaml", (text) => `${text}: [`);
    expect(await diff()).toMatchObject({ status: 1, stderr: expect.stringContaining("cannot be compared") });
  });
});
