import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { createClient, listBackups, type TokenProvider } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, serveIam, writeKeyFile } from "./support/iam-server.js";
import { readme, snippets } from "./support/readme.js";
import { route } from "./support/route-origins.js";
import { respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

const [, section = ""] = readme.split(/^## Credentials$(.*?)^## /ms);

test.each(["fromServiceAccountKey", "fromEnvironment"])(
  "the README's snippet of %s gives a token to a listing",
  async (name) => {
    const key = createKey();
    const file = await writeKeyFile(key);
    const iam = await serveIam([key]);
    const api = await serve((_request, response) => respond(response, 200, {}));
    vi.stubEnv("YC_TOKEN", "");
    vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", file);
    route({ "https://iam.api.cloud.yandex.net": iam.url, "https://mdb.api.cloud.yandex.net": api.url });

    const code = snippets(section, "ts").find((snippet) => snippet.includes(`token = ${name}(`)) ?? "";
    const program = path.join(path.dirname(file), "snippet.ts");
    const runnable = code
      .replace('"key.json"', JSON.stringify(file))
      .replaceAll(`"${packageJson.name}/iam"`, JSON.stringify(path.resolve("src/iam.ts")))
      .replaceAll(`"${packageJson.name}"`, JSON.stringify(path.resolve("src/index.ts")));
    await writeFile(program, runnable);
    const { token }: { token: TokenProvider } = await import(program);
    expect(await listBackups(createClient({ token }), { clusterId }).toArray()).toEqual([]);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer marked-0123456789-1"]);
  },
);
