import { text } from "node:stream/consumers";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { fromMetadata, fromServiceAccountKey, type TokenFunction } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, createOtherKey, writeKeyFile } from "./support/iam-server.js";
import { everything } from "./support/print-everything.js";
import { type Handler, refusing, respond, serve } from "./support/server.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const key = createKey();
/** Nothing that looks like a secret. */
const token = "marked-0123456789-token";

/** Everything that can be printed of a token function that fails, alone and in a listing, and what was printed. */
async function failure(name: string, create: () => TokenFunction): Promise<string> {
  const written: unknown[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(text) > 0);
  }
  const { url, close } = await refusing();
  onTestFinished(close);
  const provide: TokenFunction = async (request) => await create()(request);
  const alone: unknown = await provide().catch((error: unknown) => error);
  expect(alone).toMatchObject({ name });
  const listing = listBackups(createClient({ baseUrl: url, token: provide }), { clusterId });
  const listed: unknown = await listing.toArray().catch((error: unknown) => error);
  expect(listed).toMatchObject({ name: "TokenError", cause: { name } });
  return [everything(alone), everything(listed), ...written.map(String)].join("\n");
}

/** The parts of a secret that nothing may show. */
const partsOf = (secret: string): string[] => secret.match(/[\w+/=-]{16,}/g) ?? [];

function expectNone(printed: string, secrets: readonly string[]): void {
  for (const part of [token, ...secrets, key.private_key].flatMap(partsOf)) expect(printed).not.toContain(part);
}

describe("what can be printed", () => {
  /** Fails by an exchange with this server. */
  const exchange = async (name: string, respond: (body: string) => Handler) => {
    const jwts: string[] = [];
    const server = await serve(async (request, response, index) => {
      const body = await text(request);
      jwts.push(JSON.parse(body).jwt);
      await respond(body)(request, response, index);
    });
    const printed = await failure(name, () => fromServiceAccountKey(key, { endpoint: server.url }));
    expect(jwts.length).toBeGreaterThan(0);
    expectNone(printed, jwts);
  };
  const failing = (status: number, body: unknown, headers: Record<string, string> = {}): Handler => {
    return (_request, response) =>
      respond(response, status, body, { "content-type": "text/plain", "retry-after": "100", ...headers });
  };

  test.each([400, 401, 403, 404, 429, 500, 503])(
    "a %i that echoes the signed token shows no secret",
    async (status) => {
      await exchange("ApiError", (body) => {
        const { jwt } = JSON.parse(body);
        const details = [{ "@type": "t", jwt, [jwt]: { header: `Bearer ${jwt}` } }];
        const headers = { "x-request-id": jwt, "x-server-trace-id": jwt };
        return failing(status, { code: 16, message: `bad token ${jwt}`, details }, headers);
      });
      await exchange("ApiError", (body) => failing(status, `<html>${body}</html>`));
      await exchange("ApiError", (body) => failing(status, "x".repeat(9_990) + JSON.parse(body).jwt));
    },
  );

  test.each<[string, (body: string) => unknown]>([
    ["HTML that sends the signed token back", (body) => `<html>${body}</html>`],
    ["a token without its time", () => ({ iamToken: token })],
    ["a token in the wrong field", () => ({ token, expiresAt: "2999-01-01T00:00:00Z" })],
    ["a token that is cut off", () => `{"iamToken":"${token}`],
    ["a token with more than a token", () => ({ iamToken: `${token} ${token}`, expiresAt: "2999-01-01T00:00:00Z" })],
    ["a token alone", () => token],
  ])("a 200 with %s shows no secret", async (_, body) => {
    await exchange("InvalidResponseError", (received) => failing(200, body(received), { "x-request-id": "r" }));
  });

  test("a redirect and a broken connection show no secret", async () => {
    await exchange("ApiError", (body) => failing(307, "", { location: `/${JSON.parse(body).jwt}` }));
    await exchange("ConnectionError", () => (request) => request.socket.destroy());
  });

  test("a refused connection shows no secret", async () => {
    const { url, close } = await refusing();
    onTestFinished(close);
    expectNone(await failure("ConnectionError", () => fromServiceAccountKey(key, { endpoint: url })), []);
  });

  test("a key that cannot be used is not shown", async () => {
    const { length } = key.private_key;
    const damaged = key.private_key.slice(0, length / 2) + key.private_key.slice(length / 2 + 50);
    for (const private_key of [damaged, key.private_key.slice(0, -20), createOtherKey("EC"), createOtherKey("short")]) {
      const printed = await failure("InvalidArgumentError", () => fromServiceAccountKey({ ...key, private_key }));
      expectNone(printed, [private_key.replace(/^-----.*$/gm, "")]);
    }
    for (const content of [JSON.stringify(key).slice(0, -1), { ...key, id: "" }, { secret: token }, token]) {
      const file = await writeKeyFile(content);
      expectNone(await failure("InvalidArgumentError", () => fromServiceAccountKey(file)), []);
    }
    expectNone(
      await failure("InvalidArgumentError", () => fromServiceAccountKey(JSON.stringify(key).slice(0, -1))),
      [],
    );
  });

  test("an error of the metadata service shows no secret", async () => {
    for (const body of [{ access_token: token }, { token }, `{"access_token":"${token}`, token]) {
      const server = await serve(failing(200, body));
      vi.stubEnv("YC_METADATA_ADDR", server.url);
      expectNone(await failure("InvalidResponseError", fromMetadata), []);
    }
  });

  test("a token function shows no secret, before and after it has a token", async () => {
    const server = await serve((_request, response) =>
      respond(response, 200, { iamToken: token, expiresAt: "2999-01-01T00:00:00Z" }),
    );
    const provide = fromServiceAccountKey(key, { endpoint: server.url });
    const client = createClient({ token: provide });
    expectNone(everything(provide) + everything(client), []);
    expect(await provide()).toBe(token);
    expectNone(everything(provide) + everything(client), []);
  });
});
