import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { createClient, listBackups, type TokenProvider } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, serveIam, writeKeyFile } from "./support/iam-server.js";
import { readme } from "./support/readme.js";
import { route } from "./support/route-origins.js";
import { respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

/** The snippets of the README's section. */
const [, section = ""] = readme.split(/^## Credentials$(.*?)^## /ms);
const snippets = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

/** Runs a snippet, and returns the token function that it exports. */
async function run(code: string): Promise<TokenProvider> {
  const folder = await mkdtemp(path.join(tmpdir(), "snippet-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const outfile = path.join(folder, "snippet.mjs");
  const { name } = packageJson;
  await build({
    stdin: { contents: code, resolveDir: process.cwd(), loader: "ts" },
    alias: { [`${name}/iam`]: path.resolve("src/iam.ts"), [name]: path.resolve("src/index.ts") },
    bundle: true,
    format: "esm",
    outfile,
  });
  const { token }: { token: TokenProvider } = await import(pathToFileURL(outfile).href);
  return token;
}

test("there are two snippets about credentials", () => {
  expect(snippets).toHaveLength(2);
});

test.each(snippets.map((code) => [/token = (\w+)\(/.exec(code)?.[1], code] as const))(
  "the snippet of %s lists with its token",
  async (_, code) => {
    const key = createKey();
    const file = await writeKeyFile(key);
    const iam = await serveIam([key]);
    const api = await serve((_request, response) => respond(response, 200, {}));
    vi.stubEnv("YC_TOKEN", "");
    vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", file);
    route({
      "https://iam.api.cloud.yandex.net": iam.url,
      "https://mdb.api.cloud.yandex.net": api.url,
    });
    const provider = await run(code.replace('"key.json"', JSON.stringify(file)));
    const client = createClient({ token: provider });
    expect(await listBackups(client, { clusterId }).toArray()).toEqual([]);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer marked-0123456789-1"]);
  },
);
