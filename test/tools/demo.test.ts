import { expect, onTestFinished, test } from "vitest";
import { clusterId } from "../support/description.js";
import { runScript } from "../support/run.js";
import { pages, refusing, serve } from "../support/server.js";

const backup = {
  id: `${clusterId}:1`,
  folderId: "b1g",
  startedAt: "2024-01-01T00:00:00Z",
  createdAt: "2024-01-01T00:01:05Z",
};

test("npm start lists every backup of the mock server in a table, and ends", async () => {
  const { status, stdout, stderr } = await runScript("scripts/demo.ts");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const rows = stdout.split("\n").filter((line) => line.startsWith(`${clusterId}:`));
  expect(rows).toHaveLength(7);
  expect(rows[0]).toMatch(/:417 +2024-03-09T02:00:04Z +running +b1g/);
  expect(rows[1]).toMatch(/:416 +2024-03-08T02:00:03Z +7m 38s +b1g/);
  expect(stdout).toContain("7 backups in 3 pages");
});

test("npm start -- --folder lists the clusters of the mock server's folder, and the backups of all of them", async () => {
  const { status, stdout, stderr } = await runScript("scripts/demo.ts", ["--folder"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^c9q8m2k4v7x1n5t3b6h0 +2023-01-17T12:04:55Z +RUNNING +orders$/m);
  expect(stdout).toContain("3 clusters\n");
  expect(stdout).toMatch(/^c9qf3w7z1d5k9r2t6y4p:88 +2024-03-09T01:00:02Z +1m 34s +b1g/m);
  expect(stdout).toContain("10 backups in 3 pages");
});

test("npm start lists a cluster with YC_TOKEN, on the server that --endpoint or YC_ENDPOINT names", async () => {
  const server = await serve(pages({ backups: [backup] }, { backups: [backup] }));
  const env = { YC_TOKEN: "mine" };
  const flag = await runScript("scripts/demo.ts", [clusterId, "--endpoint", server.url], { env });
  const variable = await runScript("scripts/demo.ts", [clusterId], { env: { ...env, YC_ENDPOINT: server.url } });
  for (const { status, stdout } of [flag, variable]) {
    expect(status).toBe(0);
    expect(stdout).toMatch(/:1 +2024-01-01T00:00:00Z +1m 05s +b1g/);
    expect(stdout).toContain("1 backup in 1 page");
  }
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer mine", "Bearer mine"]);
});

test("npm start names a missing token or argument", async () => {
  const { url, close } = await refusing();
  onTestFinished(close);
  const env = { YC_TOKEN: "", YC_SERVICE_ACCOUNT_KEY_FILE: "", YC_METADATA_ADDR: url };
  const { status, stderr } = await runScript("scripts/demo.ts", [clusterId], { env });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("YC_TOKEN") });
  const lost = await runScript("scripts/demo.ts", ["--endpoint", "https://h"], { env: { YC_TOKEN: "t" } });
  expect({ status: lost.status, stderr: lost.stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("Usage"),
  });
});
