// Lists all pages of the mock with the installed package, and exchanges a key, on each run time that it is meant for. They come from npm, and
// are not dependencies, because together they weigh a gigabyte.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type BuildOptions, build } from "esbuild";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { howToGetOne, launchBrowser } from "../support/browser.js";
import { backupIds, clusterId } from "../support/description.js";
import { createKey, serveIam, writeKeyFile } from "../support/iam-server.js";
import { start } from "../support/run.js";
import { respond, serve } from "../support/server.js";
import { install } from "./project.js";

const { platform, arch } = process;
const windows = platform === "win32";
const pick = (names: Partial<Record<NodeJS.Platform, string>>): string => names[platform] ?? platform;
const file = (name: string): string => (windows ? `${name}.exe` : name);

const node = (version: string) => ({
  name: `node-${version}`,
  package: `npm:node-${pick({ win32: "win" })}-${arch}@${version}`,
  binary: windows ? "bin/node.exe" : "bin/node",
  args: [] as string[],
});
const aarch = arch === "arm64" ? "aarch64" : arch;

/** The oldest Node.js that is supported, the newest of each line since, and the other run times of a file. */
const runtimes = [
  ...["20.19.0", "22.23.3", "24.21.0", "26.10.0"].map(node),
  {
    name: "bun",
    package: `npm:@oven/bun-${pick({ win32: "windows" })}-${aarch}@1.4.5`,
    binary: `bin/${file("bun")}`,
    args: [],
  },
  {
    name: "deno",
    package: `npm:@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}@2.9.6`,
    binary: file("deno"),
    args: ["run", "--no-remote", "--cached-only", "--node-modules-dir=manual", "--allow-net=127.0.0.1"],
  },
];

const workerd = {
  name: "workerd",
  package: `npm:@cloudflare/workerd-${pick({ win32: "windows" })}-${arch === "x64" ? "64" : arch}@1.20261117.1`,
  binary: `bin/${file("workerd")}`,
};

let folder: string;
const binary = (runtime: { name: string; binary: string }): string =>
  path.join(folder, "node_modules", runtime.name, runtime.binary);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "runtimes-"));
  await writeFile(path.join(folder, "package.json"), '{ "private": true }');
  const all = [...runtimes, workerd];
  await install(
    folder,
    all.map((runtime) => `${runtime.name}@${runtime.package}`),
  );
  await Promise.all(all.map((runtime) => chmod(binary(runtime), 0o755)));
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const entryPoints = [path.join(inject("consumers"), entry)];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", ...options });
  return outputFiles?.[0]?.text ?? "";
}

test.each(runtimes)("$name lists every backup of the mock", async (runtime) => {
  const args = [...runtime.args, "main.js", inject("mockUrl"), clusterId];
  const { status, stdout, stderr } = await start(binary(runtime), args, { cwd: inject("consumers") }).ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(backupIds);
});

test.each(runtimes)("$name exchanges the key in a file for a token", async (runtime) => {
  const key = createKey();
  const { url } = await serveIam([key]);
  const access = runtime.name === "deno" ? ["--allow-read"] : [];
  const args = [...runtime.args, ...access, "exchange-file.js", await writeKeyFile(key), url];
  const { status, stdout, stderr } = await start(binary(runtime), args, { cwd: inject("consumers") }).ended;
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "marked-0123456789-1\n", stderr: "" });
});

test("a Cloudflare worker lists every backup of the mock, and exchanges a key for a token", async () => {
  const cwd = inject("consumers");
  await bundle("worker.js", { outfile: path.join(cwd, "worker.bundle.js") });
  // It tells on a file descriptor which port it has taken.
  const worker = start(binary(workerd), ["serve", "worker.capnp", "--control-fd=3"], {
    cwd,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  onTestFinished(() => worker.signalGroup("SIGKILL"));
  const port = await new Promise<number>((resolve, reject) => {
    const control = worker.child.stdio[3] as Readable;
    control.once("data", (line) => resolve((JSON.parse(String(line)) as { port: number }).port));
    worker.ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  const query = new URLSearchParams({ baseUrl: inject("mockUrl"), clusterId });
  const response = await fetch(`http://127.0.0.1:${port}/?${query}`);
  expect(await response.json()).toEqual(backupIds);

  const key = createKey();
  const { url } = await serveIam([key]);
  const target = `http://127.0.0.1:${port}/exchange?endpoint=${encodeURIComponent(url)}`;
  const exchanged = await fetch(target, { method: "POST", body: JSON.stringify(key) });
  expect(await exchanged.json()).toBe("marked-0123456789-1");
});

const browser = await launchBrowser();
afterAll(() => browser?.close());

test.runIf(process.env["CI"])("CI has a browser", () => {
  expect(browser, howToGetOne).toBeDefined();
});

test.skipIf(!browser)(
  browser
    ? "a page in Chromium lists every backup of the mock, and exchanges a key for a token"
    : `a page in Chromium: skipped. ${howToGetOne}`,
  async () => {
    const script = await bundle("browser.js", { write: false });
    const key = createKey();
    const iam = await serveIam([key]);
    // The page and the API are one origin, as behind a proxy: the API does not speak to pages of others.
    const { url } = await serve(async (request, response) => {
      const { url: target = "/", headers } = request;
      if (target.startsWith("/?")) return respond(response, 200, `<script type="module">${script}</script>`, html);
      if (target === "/favicon.ico") return respond(response, 204);
      const { authorization = "", "content-type": type = "" } = headers;
      const upstream =
        request.method === "POST"
          ? await fetch(iam.url + target, {
              method: "POST",
              headers: { "content-type": type },
              body: await text(request),
            })
          : await fetch(inject("mockUrl") + target, { headers: { authorization } });
      respond(response, upstream.status, await upstream.json());
    });
    const page = await browser?.newPage();
    await page?.goto(`${url}/?clusterId=${clusterId}`);
    expect(await page?.evaluate("globalThis.listed")).toEqual(backupIds);
    expect(await page?.evaluate(`globalThis.exchange(${JSON.stringify(key)})`)).toBe("marked-0123456789-1");
  },
);

const html = { "content-type": "text/html" };
