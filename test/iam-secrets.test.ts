// Nothing that can be printed of a token function, or of its errors, has a part of a key or a token. Of a key that cannot
// be used: iam-keys.test.ts.
import { text } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { fromMetadata, fromServiceAccountKey, type TokenFunction } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey } from "./support/iam-server.js";
import { expectNoSecret } from "./support/print-everything.js";
import { type Handler, respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

const key = createKey();
/** It does not look like a secret. */
const token = "marked-0123456789-token";

/** Lets a token function fail with this error, alone and in a listing, and prints everything that can be printed. */
async function expectFailureWithoutSecrets(name: string, provide: TokenFunction, secrets: readonly string[] = []) {
  const writes = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
  const alone: unknown = await provide().catch((error: unknown) => error);
  expect(alone).toMatchObject({ name });
  const listing = listBackups(createClient({ baseUrl: "http://127.0.0.1:1", token: provide }), { clusterId });
  const listed: unknown = await listing.toArray().catch((error: unknown) => error);
  expect(listed).toMatchObject({ name: "TokenError", cause: { name } });
  for (const printed of [alone, listed, ...writes.map(({ mock }) => mock.calls)]) {
    expectNoSecret(printed, [token, key.private_key, ...secrets]);
  }
}

const later = { "content-type": "text/plain", "retry-after": "100" };

test.each<[string, string, (jwt: string, body: string) => Handler]>([
  [
    "a failure with the signed token in its details and headers",
    "ApiError",
    (jwt) => (_request, response) => {
      const details = [{ "@type": "t", jwt, [jwt]: { header: `Bearer ${jwt}` } }];
      const headers = { ...later, "x-request-id": jwt, "x-server-trace-id": jwt };
      respond(response, 401, { code: 16, message: `bad token ${jwt}`, details }, headers);
    },
  ],
  [
    "a failure with the signed token in HTML",
    "ApiError",
    (_jwt, body) => (_, response) => respond(response, 503, `<html>${body}</html>`, later),
  ],
  [
    "a failure with the signed token at the end of a long body",
    "ApiError",
    (jwt) => (_request, response) => respond(response, 400, "x".repeat(9_990) + jwt, later),
  ],
  [
    "a redirect to the signed token",
    "ApiError",
    (jwt) => (_request, response) => respond(response, 307, "", { location: `/${jwt}` }),
  ],
  ["a broken connection", "ConnectionError", () => (request) => request.socket.destroy()],
  ["a 200 that is cut off", "InvalidResponseError", () => (_, response) => respond(response, 200, `{"t":"${token}`)],
  [
    "a 200 with more than a token",
    "InvalidResponseError",
    () => (_, response) => respond(response, 200, { iamToken: `${token} ${token}`, expiresAt: "2999-01-01T00:00:00Z" }),
  ],
])("an exchange that ends with %s shows no secret", async (_, name, fail) => {
  const jwts: string[] = [];
  const server = await serve(async (request, response, index) => {
    const body = await text(request);
    jwts.push(JSON.parse(body).jwt);
    return await fail(jwts.at(-1) ?? "", body)(request, response, index);
  });
  await expectFailureWithoutSecrets(
    name,
    (request) => fromServiceAccountKey(key, { endpoint: server.url })(request),
    jwts,
  );
  expect(jwts).not.toEqual([]);
});

test("a metadata service's 200 with a token in another field shows no secret", async () => {
  const server = await serve((_request, response) => respond(response, 200, { token }));
  vi.stubEnv("YC_METADATA_ADDR", server.url);
  await expectFailureWithoutSecrets("InvalidResponseError", fromMetadata());
});

test("a token function shows no secret, before and after it has a token", async () => {
  const server = await serve((_request, response) =>
    respond(response, 200, { iamToken: token, expiresAt: "2999-01-01T00:00:00Z" }),
  );
  const provide = fromServiceAccountKey(key, { endpoint: server.url });
  const client = createClient({ token: provide });
  for (const one of [provide, client]) expectNoSecret(one, [token, key.private_key]);
  expect(await provide()).toBe(token);
  for (const one of [provide, client]) expectNoSecret(one, [token, key.private_key]);
});
