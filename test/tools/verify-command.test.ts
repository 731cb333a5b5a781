import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { readArguments } from "../../scripts/verify/arguments.js";
import { formats } from "../../scripts/verify/report.js";
import { verify } from "../../scripts/verify/verify.js";
import { createClient, listBackups } from "../../src/index.js";
import { recordHar } from "../../src/mock.js";
import { clusterId } from "../support/description.js";
import { type Lie, lyingServer } from "../support/lying-server.js";
import { mockWith } from "../support/mock.js";
import { runScript } from "../support/run.js";
import { serve } from "../support/server.js";

const token = "marked-0123456789-token";

function run(endpoint: string, ...args: string[]) {
  const env = { YC_TOKEN: token, YC_ENDPOINT: endpoint };
  return runScript("scripts/verify.ts", args, { env });
}

beforeEach(() => void vi.stubEnv("YC_TOKEN", token).stubEnv("YC_ENDPOINT", "https://unused"));

/** What the command prints, without a process of its own. */
async function print(...args: string[]): Promise<string> {
  const { format, ...options } = readArguments(args);
  return formats[format](await verify(options));
}

/** Adds a field to the pages of backups, with a character in its name that Markdown uses in tables. */
const lie: Lie = {
  response: ({ body, ...passing }) => {
    const page = Object(body);
    return { ...passing, body: "backups" in page ? { ...page, "a|b": 1 } : body };
  },
};

test("npm run verify says in a line that a server does what the description says, and ends with 0", async () => {
  const mock = await mockWith({});
  const result = await run(mock.url, clusterId, "--folder", "b1g4d7f0s2j5l8p3r6w9");
  const stdout = `The server does what the description says. Requests: ${mock.requests.length}.\n`;
  expect(result).toEqual({ status: 0, stdout, stderr: "" });
});

test("npm run verify ends with 1 for a disagreement, and reports its place", async () => {
  const server = await lyingServer(lie, {});
  const { status, stdout, stderr } = await run("https://unused", clusterId, "--endpoint", server.url, "--no-probes");
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toBe(`openapi/components/schemas/ListBackupsResponse.yaml:1:1 no such field
    listBackups 200 /a|b: number (4 times)
The server and the description disagree in one place. Requests: ${server.requests.length}. Not asked: listFolderBackups, listClusters.
`);
});

test("npm run verify ends with 3 when the server gives no response, and reports what was seen before", async () => {
  const server = await serve((_, response, index) => {
    if (index < 2) response.setHeader("content-type", "application/json").end('{"total":1,"nextPageToken":"t"}');
    else response.destroy();
  });
  const { status, stdout } = await run(server.url, clusterId);
  expect(status).toBe(3);
  expect(stdout).toContain("listBackups 200 /total: number (2 times)\n");
  expect(stdout).toMatch(
    /could not be asked further \(listBackups at http:.+\)\. Requests: 6\. Not asked: listFolderBackups, listClusters\.$/m,
  );
});

test("npm run verify ends with 2 when its arguments cannot be used", async () => {
  const { status, stdout, stderr } = await run("");
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringContaining("Usage") });
});

test("the report of npm run verify can be JSON, or a table in Markdown", async () => {
  const { url, requests } = await lyingServer(lie, {});
  const report = JSON.parse(await print(clusterId, "--endpoint", url, "--no-probes", "--json"));
  expect(report).toEqual({
    disagreements: [expect.objectContaining({ pointer: "/a|b", value: "number", count: 4 })],
    missing: [],
    notAsked: ["listFolderBackups", "listClusters"],
    requests: requests.length,
    leftOut: 0,
    withoutBody: 0,
    stopped: null,
  });
  const markdown = await print(clusterId, "--endpoint", url, "--no-probes", "--markdown");
  const [row] = markdown.split("\n").filter((line) => line.includes("a&#124;b"));
  expect(row?.match(/\|/g)).toHaveLength(6);
});

test.each([
  ["no id", [], "Usage"],
  ["two clusters", [clusterId, clusterId], "Usage"],
  ["an unknown option", [clusterId, "--pages"], "'--pages'"],
  ["no page", [clusterId, "--max-pages", "0"], "--max-pages must be a whole number from 1, but is 0"],
])("the arguments of npm run verify are refused with %s", (_, args, message) => {
  expect(() => readArguments(args)).toThrow(message);
});

test("npm run verify refuses to run without a token", () => {
  vi.stubEnv("YC_TOKEN", "");
  expect(() => readArguments([clusterId])).toThrow("YC_TOKEN");
});

const entry = (url: string, text: string) => ({
  request: { method: "GET", url },
  response: { status: 200, headers: [{ name: "Content-Type", value: "application/json" }], content: { text } },
});
const page = `/managed-mysql/v1/clusters/${clusterId}/backups`;

test("npm run verify compares the traffic of a browser, and counts what is of other hosts", async () => {
  const url = `https://unused${page}`;
  const { request, response } = entry(`${url}?pageSize=2`, Buffer.from('{"backups":[{"id":5}]}').toString("base64"));
  const entries = [
    { request, response: { ...response, content: { ...response.content, encoding: "base64" } } },
    entry(`https://UNUSED:443${page}?pageSize=0`, '{"backups":[{"id":"a"}]}'),
    { request, response: { status: 200, content: { mimeType: "application/json", text: "{}" } } },
    { request, response: { ...response, content: { size: 25 } } }, // its body was not recorded
    { request: { method: "OPTIONS", url }, response: { status: 204 } },
    { request, response: { status: 304 } },
    { request, response: {} },
    entry("https://a.example/", "{}"),
  ];
  const report = JSON.parse(await print(await harFile(JSON.stringify({ log: { entries } })), "--json"));
  expect(report).toMatchObject({
    disagreements: [{ pointer: "/backups/*/id" }],
    requests: 4,
    leftOut: 4,
    withoutBody: 1,
  });
});

test("npm run verify compares the traffic of a mock server and of the client, in which there is no token", async () => {
  const [har, own] = [await harFile(""), await harFile("")];
  const mock = await mockWith({ har, backups: 3 });
  const client = createClient({ baseUrl: mock.url, token, fetch: recordHar(own), headers: { cookie: "marked" } });
  expect(await listBackups(client, { clusterId, pageSize: 2 }).toArray()).toHaveLength(3);
  for (const file of [har, own]) {
    expect(await readFile(file, "utf8")).not.toContain("marked");
    expect(JSON.parse(await print(file, "--json"))).toMatchObject({ disagreements: [], requests: 2, leftOut: 0 });
  }
});

test.each([
  ["is empty", "", "is not a HAR file: it is empty"],
  ["is cut off", '{"log":{"entries":[{"requ', "is not a HAR file: it is not JSON, or is cut off"],
  ["is something else", '{"backups":[]}', "is not a HAR file: it must have a list log.entries"],
  ["has other entries", '{"log":{"entries":[1]}}', "is not a HAR file: it must have a list log.entries"],
  ["has no entries", '{"log":{"entries":[]}}', "has nothing of this API at https://unused"],
  ["has no bodies", JSON.stringify({ log: { entries: [entry(`https://unused${page}`, "")] } }), "has no body"],
  [
    "is of another site",
    JSON.stringify({ log: { entries: [entry("https://a.example/", "{}")] } }),
    "has nothing of this API at https://unused; --endpoint or YC_ENDPOINT sets another server",
  ],
])("npm run verify refuses traffic that %s", async (_, text, message) => {
  await expect(print(await harFile(text))).rejects.toThrow(message);
});

/** A file that ends with the test. */
async function harFile(text: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "har-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "traffic.har");
  await writeFile(file, text);
  return file;
}
