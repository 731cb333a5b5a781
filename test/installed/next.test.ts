// Builds and starts an app of Next.js with the packed tarball.
import { cp } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { clusterId } from "../support/description.js";
import { temporaryFolder } from "../support/folder.js";
import { start } from "../support/run.js";
import { pages, serve } from "../support/server.js";
import { install } from "./project.js";

test("Next.js takes `next` among the options of a listing, and finds its pages in the cache the next time", async () => {
  const folder = await temporaryFolder();
  await cp("test/consumers/next", folder, { recursive: true });
  await install(folder, [inject("tarball")]);
  const server = await serve(pages({ backups: [{ id: "1" }], nextPageToken: "p" }, { backups: [{ id: "2" }] }));
  const env = { BASE_URL: server.url, CLUSTER_ID: clusterId, NEXT_TELEMETRY_DISABLED: "1" };
  const next = (...args: string[]) =>
    start(process.execPath, ["node_modules/next/dist/bin/next", ...args], { cwd: folder, env });
  expect(await next("build").ended).toMatchObject({ status: 0 }); // it compiles the types, too

  const app = next("start", "--hostname", "127.0.0.1", "--port", "0");
  const address = /http:\/\/127\.0\.0\.1:\d+/;
  await expect.poll(() => app.stdout, { timeout: 60_000 }).toMatch(address);
  const get = async () => (await fetch(`${address.exec(app.stdout)?.[0]}/backups`)).json();
  expect([await get(), await get()]).toEqual([
    ["1", "2"],
    ["1", "2"],
  ]);
  expect(server.requests).toHaveLength(2);
  app.signalGroup("SIGTERM");
  await app.ended;
}, 300_000);
