import { afterEach, expect, test, vi } from "vitest";
import { createClient, listBackups, type TokenProvider } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, serveIam, writeKeyFile } from "./support/iam-server.js";
import { runSnippet } from "./support/readme.js";
import { route } from "./support/route-origins.js";
import { respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

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
