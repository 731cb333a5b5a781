import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { startMockServer } from "../src/mock.js";
import { clusterId, path } from "./support/description.js";
import { runScript, start } from "./support/run.js";
import { serve } from "./support/server.js";

const route = path.replace("{clusterId}", clusterId);
const headers = { authorization: "Bearer any" };

async function get(query: string, more: Record<string, string> = headers) {
  const response = await fetch(`${inject("mockUrl")}${route}${query}`, { headers: more });
  // Prism reports an answer of its own that breaks the description in this header.
  if (response.ok) expect(response.headers.get("sl-violations")).toBeNull();
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

const refuses = (url: string) => expect(fetch(`${url}${route}`, { headers })).rejects.toThrow("fetch failed");

describe("the mock server", () => {
  test("pages by the tokens of the description's examples, for any HTTP client", async () => {
    const first = await get("");
    expect(first.body.backups).toHaveLength(3);
    const second = await get(`?pageToken=${first.body.nextPageToken}`);
    expect(second.body.backups[0].id).toBe(`${clusterId}:414`);
    const last = await get(`?pageToken=${second.body.nextPageToken}&pageSize=3`);
    expect(last.body).toMatchObject({ backups: [{ id: `${clusterId}:411` }] });
    expect(last.body).not.toHaveProperty("nextPageToken");
    expect((await get("?pageToken=")).body).toEqual(first.body);
  });

  test.each([
    "?pageToken=nobody-gave-this",
    "?pageSize=abc",
    "?pageSize=1001",
    "?pageSize=1.5",
    "?pageSize=-5",
    `?pageToken=${"x".repeat(101)}`,
  ])("answers the declared 400 to %s", async (query) => {
    expect(await get(query)).toEqual({
      status: 400,
      type: "application/json",
      body: expect.objectContaining({ code: 3, message: expect.any(String) }),
    });
  });

  test("wants a bearer token", async () => {
    expect(await get("", {})).toMatchObject({ status: 401, body: { code: 16 } });
    expect(await get("?pageToken=nobody-gave-this", {})).toMatchObject({ status: 401, body: { code: 16 } });
  });

  test("obeys a preference before a page token", async () => {
    const token = (await get("")).body.nextPageToken;
    expect(await get(`?pageToken=${token}`, { ...headers, prefer: "code=503" })).toMatchObject({ status: 503 });
    expect((await get(`?pageToken=${token}`, { ...headers, prefer: "example=emptyList" })).body).toEqual({});
  });

  test("fails on an example that does not exist, and names it", async () => {
    const { status, body } = await get("", { ...headers, prefer: "example=nope" });
    expect(status).toBe(404);
    expect(body.detail).toContain("nope");
  });

  test("fails on a port that is taken, names it, and never talks to the stranger there", async () => {
    const stranger = await serve(() => {});
    const { port } = new URL(stranger.url);
    await expect(startMockServer({ port: Number(port) })).rejects.toThrow(port);
    const run = await runScript("scripts/mock.ts", ["--port", port]);
    expect(run).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`port ${port}.*EADDRINUSE`)),
    });
    expect(stranger.requests).toHaveLength(0);
  });

  test.each(["-1", "65536", "x", "1.5"])("refuses --port=%s", async (port) => {
    const { status, stderr } = await runScript("scripts/mock.ts", [`--port=${port}`]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`but is "${port}"`) });
  });

  test("follows a limit that was changed in the description, with no other edit", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mock-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await cp("openapi", folder, { recursive: true });
    const pageSize = join(folder, "components/parameters/PageSize.yaml");
    await writeFile(pageSize, (await readFile(pageSize, "utf8")).replace("maximum: 1000", "maximum: 500"));
    const mock = await startMockServer({ spec: join(folder, "openapi.yaml") });
    onTestFinished(() => mock.close());
    const statuses = [500, 501].map(async (size) => {
      return (await fetch(`${mock.url}${route}?pageSize=${size}`, { headers })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 400]);
  });

  test("listens on 127.0.0.1 and nowhere else, and no more once it is closed", async () => {
    const mock = await startMockServer();
    const { port, hostname } = new URL(mock.url);
    expect(hostname).toBe("127.0.0.1");
    expect((await fetch(`${mock.url}${route}`, { headers })).status).toBe(200);
    await refuses(`http://[::1]:${port}`);
    await mock.close();
    await refuses(mock.url);
  });

  test("serves two listings at once without mixing them up", async () => {
    const walk = async () => {
      const ids: string[] = [];
      for (let token = ""; ids.length === 0 || token; ) {
        const { body } = await get(`?pageToken=${token}`);
        ids.push(...body.backups.map(({ id }: { id: string }) => id));
        token = body.nextPageToken ?? "";
      }
      return ids;
    };
    const walks = await Promise.all([walk(), walk(), walk()]);
    expect(walks[0]).toHaveLength(7);
    expect(walks[1]).toEqual(walks[0]);
    expect(walks[2]).toEqual(walks[0]);
  });
});

describe("npm run mock", () => {
  // Windows has no signals; there, ending npm ends its children.
  test.skipIf(process.platform === "win32").each(["SIGTERM to npm", "Ctrl-C"])(
    "shows a curl line that works, and after %s nothing listens",
    async (how) => {
      const npm = start("npm", ["run", "mock"]);
      await expect.poll(() => npm.stdout, { timeout: 30_000, interval: 100 }).toContain("Ctrl-C");
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(npm.stdout)?.[0] ?? "";
      const [, line = ""] = /^ {2}curl (.*backups')$/m.exec(npm.stdout) ?? [];
      const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
      const curl = await start("curl", ["-s", ...args]).ended;
      expect(JSON.parse(curl.stdout)).toMatchObject({ nextPageToken: expect.any(String) });
      if (how === "Ctrl-C") npm.signalGroup("SIGINT");
      else npm.child.kill("SIGTERM");
      await npm.ended;
      await expect
        .poll(() =>
          fetch(url).then(
            () => "listens",
            () => "silent",
          ),
        )
        .toBe("silent");
    },
  );
});
