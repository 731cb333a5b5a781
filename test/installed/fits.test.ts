// Programs that use the packed tarball beside the packages that it must fit, all of them from the registry.
import { cp, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { backupIds, clusterId } from "../support/description.js";
import { readme, snippets } from "../support/readme.js";
import { start } from "../support/run.js";
import { pages, respond, serve } from "../support/server.js";
import { install } from "./project.js";

let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "fits-")));
  await cp("test/consumers/fits", folder, { recursive: true });
  await install(folder, [inject("tarball")]);
  const entryPoints = [`${folder}/*.ts`, `${folder}/*.tsx`];
  await build({ entryPoints, outdir: folder, format: "esm", jsx: "automatic", logLevel: "error" });
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const node = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  start(process.execPath, args, {
    cwd: folder,
    env: { BASE_URL: inject("mockUrl"), CLUSTER_ID: clusterId, NO_COLOR: "1", ...env },
  }).ended;
const printed = (value: unknown) => ({ status: 0, stdout: `${JSON.stringify(value)}\n`, stderr: "" });
const page = { backups: [{ id: "1" }] };

test("the programs compile with skipLibCheck false; those without React, without the types of a browser, too", async () => {
  const tsc = path.resolve("node_modules/typescript/bin/tsc");
  const options = ["--lib", "es2022", "--types", "node", "--module", "nodenext", "--target", "es2022", "--strict"];
  const snippet = snippets(readme, "ts").find((code) => code.includes("undici")) ?? "";
  await writeFile(path.join(folder, "readme.ts"), snippet);
  const files = ["readme.ts", "proxy.ts", "certificate.ts", "tracing.ts", "plain.ts"];
  for (const args of [
    ["-p", "."],
    ["--noEmit", ...options, ...files],
  ]) {
    expect(await node([tsc, ...args])).toEqual({ status: 0, stdout: "", stderr: "" });
  }
}, 600_000);

test.each(["react-query", "swr"])("%s renders a query and every page of an infinite query", async (name) => {
  const rendered = { heading: backupIds.slice(0, 1), list: backupIds, error: [] };
  expect(await node(["render.js", `./${name}.js`])).toEqual(printed(rendered));
});

test.each(["react-query", "swr"])("%s renders the error of an empty response", async (name) => {
  const { url } = await serve((_request, response) => respond(response, 403, undefined, { "content-length": "0" }));
  const rendered = { heading: [""], list: [], error: ["The response has no body"] };
  expect(await node(["render.js", `./${name}.js`], { BASE_URL: url })).toEqual(printed(rendered));
});

test("openapi-msw takes the place of the API in a Vitest test", async () => {
  const { status, stdout } = await node(["node_modules/vitest/vitest.mjs", "run", "msw.test.ts"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("2 passed") });
});

test("a tracing middleware gives all attempts of a call one traceparent", async () => {
  const server = await serve((request, response, index) =>
    index === 0
      ? respond(response, 503, {})
      : pages({}, { ...page, nextPageToken: "p" }, page)(request, response, index),
  );
  expect(await node(["tracing.js"], { BASE_URL: server.url })).toEqual(printed(["1", "1"]));
  const [first, second, third] = server.requests.map(({ headers }) => headers["traceparent"]);
  expect(first).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("undici's ProxyAgent sends each request through a proxy", async () => {
  const targets: (string | undefined)[] = [];
  const proxy = createServer().on("connect", ({ url }, socket) => {
    targets.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port), hostname, () => socket.write("HTTP/1.1 200 Connected\r\n\r\n"));
    upstream.pipe(socket).on("error", () => upstream.destroy());
    socket.pipe(upstream).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo;
  expect(await node(["proxy.js"], { HTTPS_PROXY: `http://127.0.0.1:${port}` })).toEqual(printed(backupIds));
  expect(new Set(targets)).toEqual(new Set([new URL(inject("mockUrl")).host]));
});

test("undici's Agent trusts a certificate authority of one's own", async () => {
  const { stdout } = await node(["make-certificate.js"]);
  const { cert, key } = JSON.parse(stdout) as { cert: string; key: string };
  await writeFile(path.join(folder, "ca.pem"), cert);
  const server = createTlsServer({ cert, key }, (_request, response) => respond(response, 200, page));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = { BASE_URL: `https://127.0.0.1:${port}` };
  expect(await node(["certificate.js"], env)).toEqual(printed(["1"]));
  expect(await node(["plain.js"], env)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("ConnectionError"),
  });
});

test("a plain openapi-fetch client of the exported types lists every backup", async () => {
  expect(await node(["plain.js"])).toEqual(printed(backupIds));
});
