// Prism's own command, as somebody tries the description without this package.
import { expect, test } from "vitest";
import description from "../../generated/openapi.json" with { type: "json" };
import { createClient } from "../../src/index.js";
import { clusterId, exampleResponses, path } from "../support/description.js";
import { start } from "../support/run.js";

test("npx @stoplight/prism-cli mock serves the description to the client", async () => {
  const prism = start("npx", ["--no", "--", "prism", "mock", "generated/openapi.json", "--port", "0"]);
  const listening = /listening on (http:\/\/127\.0\.0\.1:\d+)/;
  await expect.poll(() => prism.stdout, { timeout: 50_000, interval: 100 }).toMatch(listening);
  const [, baseUrl = ""] = listening.exec(prism.stdout) ?? [];
  const client = createClient({ token: "any", baseUrl, retry: false });
  const call = (headers: Record<string, string>) => client.GET(path, { params: { path: { clusterId } }, headers });

  const examples = exampleResponses.filter(({ status }) => status === 200);
  for (const { name, body } of examples) expect((await call({ Prefer: `example=${name}` })).data).toEqual(body);
  const responses = description.paths[path].get.responses;
  for (const status of Object.keys(responses).filter((code) => code !== "200")) {
    const { error, response } = await call({ Prefer: `code=${status}` });
    expect({ status: response.status, error }).toMatchObject({
      status: Number(status),
      error: { code: expect.any(Number) },
    });
  }
  const url = `${baseUrl}${path.replace("{clusterId}", clusterId)}`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(`${url}?pageSize=1001`, { headers: { authorization: "Bearer any" } })).status).toBe(400);
});
