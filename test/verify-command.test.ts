import { expect, test } from "vitest";
import { clusterId } from "./support/description.js";
import { type Lie, lyingServer } from "./support/lying-server.js";
import { mockWith } from "./support/mock.js";
import { runScript } from "./support/run.js";
import { serve } from "./support/server.js";

const token = "marked-0123456789-token";

function run(endpoint: string, ...args: string[]) {
  const env = { YC_TOKEN: token, YC_ENDPOINT: endpoint };
  return runScript("scripts/verify.ts", args, { env });
}

/** Adds a field, with a character in its name that a Markdown table has a use for. */
const lie: Lie = {
  response: (passing) =>
    passing.status === 200 ? { ...passing, body: { ...Object(passing.body), "a|b": 1 } } : passing,
};

test("npm run verify says in a line that a server does what the description says, and ends with 0", async () => {
  const mock = await mockWith({});
  const result = await run(mock.url, clusterId, "--folder", "b1g4d7f0s2j5l8p3r6w9");
  const stdout = "The server does what the description says. Requests: 23.\n";
  expect(result).toEqual({ status: 0, stdout, stderr: "" });
});

test("npm run verify ends with 1 for a disagreement, and reports its place", async () => {
  const server = await lyingServer(lie, {});
  const { status, stdout, stderr } = await run("https://unused", clusterId, "--endpoint", server.url, "--no-probes");
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toBe(`openapi/components/schemas/ListBackupsResponse.yaml:3:1 no such field
    listBackups 200 /a|b: a number (4 times)
The server and the description disagree in one place. Requests: 4.
`);
});

test("npm run verify prints JSON, or a table in Markdown", async () => {
  const server = await lyingServer(lie, {});
  const [json, markdown] = await Promise.all([
    run(server.url, clusterId, "--no-probes", "--json"),
    run(server.url, clusterId, "--no-probes", "--markdown"),
  ]);
  expect(JSON.parse(json.stdout)).toEqual({
    disagreements: [expect.objectContaining({ pointer: "/a|b", value: "a number", count: 4 })],
    missing: [],
    requests: 4,
    stopped: null,
  });
  const [row] = markdown.stdout.split("\n").filter((line) => line.includes("a&#124;b"));
  expect(row?.match(/\|/g)).toHaveLength(6);
  expect([json.status, markdown.status]).toEqual([1, 1]);
});

test("npm run verify ends with 3 when the server gives no response, and reports what was seen before", async () => {
  const server = await serve((_, response, index) => {
    if (index < 2) response.setHeader("content-type", "application/json").end('{"total":1,"nextPageToken":"t"}');
    else response.destroy();
  });
  const { status, stdout } = await run(server.url, clusterId);
  expect(status).toBe(3);
  expect(stdout).toContain("listBackups 200 /total: a number (2 times)\n");
  expect(stdout).toMatch(/could not be asked further \(listBackups: .+\)\. Requests: 3\.$/m);
});

test.each([
  ["without an id", [], "Usage"],
  ["with two clusters", [clusterId, clusterId], "Usage"],
  ["with an unknown option", [clusterId, "--pages"], "'--pages'"],
  ["with no page", [clusterId, "--max-pages", "0"], "--max-pages must be a whole number from 1, but is 0"],
  [
    "with an endpoint that a token must not go to",
    [clusterId, "--endpoint", "http://example.com"],
    "http://example.com",
  ],
])("npm run verify ends with 2 %s", async (_, args, message) => {
  const { status, stdout, stderr } = await run("", ...args);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
});

test("npm run verify ends with 2 without a token", async () => {
  const { status, stderr } = await runScript("scripts/verify.ts", [clusterId], { env: { YC_TOKEN: "" } });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("YC_TOKEN") });
});
