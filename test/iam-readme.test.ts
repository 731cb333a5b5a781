import { afterEach, expect, test, vi } from "vitest";
import { fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups, type TokenProvider } from "../src/index.js";
import type { Fetch } from "../src/send-once.js";
import { clusterId } from "./support/description.js";
import { createKey, serveIam, writeKeyFile } from "./support/iam-server.js";
import { readme, runSnippet } from "./support/readme.js";
import { route } from "./support/route-origins.js";
import { respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

test("the README's fetch of a library exchanges a key and lists", async () => {
  const key = createKey();
  const iam = await serveIam([key]);
  const api = await serve((_request, response) => respond(response, 200, {}));
  const [, code = ""] = /for a library: `(.*?)`/.exec(readme) ?? [];
  const url = `data:text/javascript,export default ${encodeURIComponent(code)}`;
  const { default: fetch }: { default: Fetch } = await import(url);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  expect(await listBackups(createClient({ baseUrl: api.url, token, fetch }), { clusterId }).toArray()).toEqual([]);
  expect(api.requests).toMatchObject([{ headers: { authorization: "Bearer marked-0123456789-1" } }]);
});

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
    const { token } = await runSnippet<{ token: TokenProvider }>(`token = ${name}(`, (code) =>
      code.replace('"key.json"', JSON.stringify(file)),
    );
    expect(await listBackups(createClient({ token }), { clusterId }).toArray()).toEqual([]);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer marked-0123456789-1"]);
  },
);
