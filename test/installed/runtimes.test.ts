// Lists all pages of the mock with the installed package, on each run time that it is meant for. They come from npm, and
// are no dependencies: together they weigh a gigabyte.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { backupIds, clusterId } from "../support/description.js";
import { start } from "../support/run.js";
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

/** The oldest Node.js that is supported, the newest of each line since, and what else runs a file. */
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

test.each(runtimes)("$name lists every backup of the mock", async (runtime) => {
  const args = [...runtime.args, "main.js", inject("mockUrl"), clusterId];
  const { status, stdout, stderr } = await start(binary(runtime), args, { cwd: inject("consumers") }).ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(backupIds);
});

test("a Cloudflare worker lists every backup of the mock", async () => {
  const cwd = inject("consumers");
  await build({
    entryPoints: [path.join(cwd, "worker.js")],
    outfile: path.join(cwd, "worker.bundle.js"),
    bundle: true,
    format: "esm",
  });
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
});
