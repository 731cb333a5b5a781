import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { decodeProtectedHeader } from "jose";
import { expect, test, vi } from "vitest";
import { fromEnvironment, fromMetadata, fromServiceAccountKey, type ServiceAccountKeyOptions } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, type KeyFile, serveIam, writeKeyFile } from "./support/iam-server.js";
import { type Handler, pages, respond, serve } from "./support/server.js";

const key = createKey();

/** A token function that exchanges the key with a server. */
const setUp = async (handler: Handler) => {
  const server = await serve(handler);
  return { server, token: fromServiceAccountKey(key, { endpoint: server.url }) };
};
const good = { iamToken: "t1.good", expiresAt: "2999-01-01T00:00:00Z" };

test("a service account's key gives a listing its token", async () => {
  const iam = await serveIam([key]);
  const server = await serve(pages({ backups: [{ id: "1" }], nextPageToken: "a" }, { backups: [{ id: "2" }] }));
  const client = createClient({ baseUrl: server.url, token: fromServiceAccountKey(key, { endpoint: iam.url }) });
  expect(await listBackups(client, { clusterId }).toArray()).toEqual([{ id: "1" }, { id: "2" }]);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
    Array(2).fill("Bearer marked-0123456789-1"),
  );
  expect(iam.requests).toHaveLength(1);
});

test.each<[string, (key: KeyFile) => unknown]>([
  ["an object", (key) => key],
  ["an object without the line before the PEM", (key) => ({ ...key, private_key: pemOf(key) })],
  ["an object with Windows line ends", (key) => ({ ...key, private_key: key.private_key.replaceAll("\n", "\r\n") })],
  [
    "an object for the provider's Node.js SDK",
    (key) => ({ accessKeyId: key.id, serviceAccountId: key.service_account_id, privateKey: Buffer.from(pemOf(key)) }),
  ],
  [
    "an object in camelCase",
    (key) => ({ id: key.id, serviceAccountId: key.service_account_id, privateKey: pemOf(key) }),
  ],
])("a service account's key can be %s", async (_, make) => {
  const iam = await serveIam([key]);
  const given = (await make(key)) as KeyFile | string;
  expect(await fromServiceAccountKey(given, { endpoint: iam.url })()).toBe("marked-0123456789-1");
});

test("a service account's key signs a JSON Web Token that names the key", async () => {
  const bodies: string[] = [];
  const { token, server } = await setUp(async (request, response) => {
    bodies.push(await text(request));
    respond(response, 200, good);
  });
  expect(await token()).toBe("t1.good");
  expect(server.requests[0]).toMatchObject({ method: "POST", url: "/iam/v1/tokens" });
  expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
  const { jwt, ...others } = JSON.parse(bodies[0] ?? "");
  expect(others).toEqual({});
  expect(decodeProtectedHeader(jwt)).toEqual({ alg: "PS256", typ: "JWT", kid: key.id });
});

test("a key that is changed after it was given stays as it was", async () => {
  const iam = await serveIam([key]);
  const changed = { ...key };
  const token = fromServiceAccountKey(changed, { endpoint: iam.url });
  changed.id = "another";
  expect(await token()).toBe("marked-0123456789-1");
});

test("a key that was replaced in its file is used from the next exchange on", async () => {
  const next = createKey("ajekey0000000000next");
  const iam = await serveIam([key]);
  const file = await writeKeyFile(key);
  const token = fromServiceAccountKey(file, { endpoint: iam.url });
  await token();
  iam.keys = [next];
  await expect(token({ forceRefresh: true })).rejects.toMatchObject({ name: "ApiError", status: 401 });
  await writeFile(file, JSON.stringify(next));
  expect(await token({ forceRefresh: true })).toBe("marked-0123456789-2");
});

test("a token that was signed with another key is refused", async () => {
  const iam = await serveIam([key]);
  const { private_key } = createKey();
  const token = fromServiceAccountKey({ ...key, private_key }, { endpoint: iam.url });
  await expect(token()).rejects.toMatchObject({ name: "ApiError", status: 401, grpcCode: 16 });
  const other = fromServiceAccountKey({ ...key, service_account_id: "aje0another000000000" }, { endpoint: iam.url });
  await expect(other()).rejects.toThrow("The JWT has expired"); // the words of the description's example
});

test.each([-2, 0, 2])("an exchange succeeds at once on a clock that is %i minutes off", async (minutes) => {
  const iam = await serveIam([key], { now: () => Date.now() + minutes * 60_000 });
  expect(await fromServiceAccountKey(key, { endpoint: iam.url })()).toBe("marked-0123456789-1");
  expect(iam.requests).toHaveLength(1);
});

test.each([-60 * 24, -60, -20, 20, 60, 60 * 24])(
  "an exchange on a clock that is %i minutes off is repeated on the server's clock, which is remembered",
  async (minutes) => {
    const iam = await serveIam([key], { now: () => Date.now() + minutes * 60_000 });
    const token = fromServiceAccountKey(key, { endpoint: iam.url });
    expect(await token()).toBe("marked-0123456789-1");
    expect(iam.requests).toHaveLength(2);
    expect(await token({ forceRefresh: true })).toBe("marked-0123456789-2");
    expect(iam.requests).toHaveLength(3);
  },
);

test("an unknown key is refused once when the clock is right, and twice when it is not", async () => {
  for (const minutes of [0, 60]) {
    const iam = await serveIam([], { now: () => Date.now() + minutes * 60_000 });
    const token = fromServiceAccountKey(key, { endpoint: iam.url });
    await expect(token()).rejects.toMatchObject({ name: "ApiError", status: 401 });
    expect(iam.requests).toHaveLength(minutes === 0 ? 1 : 2);
  }
});

test("an exchange goes by its own fetch, or else by that of the client that needs the token", async () => {
  const { server } = await setUp((_request, response) => respond(response, 200, good));
  const api = await serve((_request, response) => respond(response, 200, {}));
  const sent: [string, string, unknown][] = [];
  const through = (name: string) => async (request: Request, init?: RequestInit) => {
    sent.push([name, new URL(request.url).pathname.split("/").at(-1) ?? "", init]);
    return await fetch(request);
  };
  const [ofClient, own] = [{ dispatcher: "of the client" }, { dispatcher: "own" }];
  const run = async (options: ServiceAccountKeyOptions) => {
    const token = fromServiceAccountKey(key, { endpoint: server.url, ...options });
    const client = createClient({ baseUrl: api.url, token, fetch: through("client"), requestInitExt: ofClient });
    await listBackups(client, { clusterId }).toArray();
    return sent.splice(0);
  };
  const listing = ["client", "backups", ofClient];
  expect(await run({})).toEqual([["client", "tokens", ofClient], listing]);
  expect(await run({ fetch: through("own") })).toEqual([["own", "tokens", undefined], listing]);
  expect(await run({ fetch: through("own"), requestInitExt: own })).toEqual([["own", "tokens", own], listing]);
  expect(await run({ requestInitExt: { priority: "high" } })).toEqual([listing]); // by globalThis.fetch
  expect(server.requests).toHaveLength(4);
});

test("an exchange is repeated with the same body after a retryable status and a broken connection", async () => {
  const bodies: string[] = [];
  const { token, server } = await setUp(async (request, response, index) => {
    bodies.push(await text(request));
    const json = { "content-type": "application/json", "retry-after": "0" };
    if (index === 0) respond(response, 503, { code: 14 }, json);
    else if (index === 1) request.socket.destroy();
    else if (index === 2) respond(response, 429, { code: 8 }, json);
    else respond(response, 200, good);
  });
  expect(await token()).toBe("t1.good");
  expect(server.requests).toHaveLength(4);
  expect(new Set(bodies).size).toBe(1);
});

test.each([400, 401, 403, 404])(
  "an exchange that fails with %i is not repeated, and rejects with the provider's message",
  async (status) => {
    const body = {
      code: 7,
      message: "The key was revoked",
      details: [{ "@type": "google.rpc.RequestInfo", requestId: "r1" }],
    };
    const { token, server } = await setUp((_request, response) => respond(response, status, body));
    await expect(token()).rejects.toMatchObject({
      name: "ApiError",
      message: expect.stringMatching(/^POST \/iam\/v1\/tokens .*: The key was revoked$/),
      status,
      grpcCode: 7,
      requestId: "r1",
    });
    expect(server.requests).toHaveLength(1);
  },
);

test.each<[string, unknown, string]>([
  ["HTML", "<html>", "the body is not a JSON object"],
  ["nothing", "", "the body is not a JSON object"],
  ["a list", [good], "the body is not a JSON object"],
  ["no token", { expiresAt: good.expiresAt }, "the body has no valid token"],
  ["a token that cannot stand in a header", { ...good, iamToken: "a b" }, "the body has no valid token"],
  ["no time", { iamToken: "t1.good" }, "the body does not say when the token expires"],
  ["a string that is not a time", { ...good, expiresAt: "soon" }, "the body does not say when the token expires"],
])("an exchange with a 200 and %s rejects", async (_, body, problem) => {
  const { token } = await setUp((_request, response) => respond(response, 200, body, { "content-type": "text/x" }));
  await expect(token()).rejects.toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining(problem),
    contentType: "text/x",
    body: "",
  });
});

test("an exchange does not follow a redirect, which would give another server the signed token", async () => {
  const other = await serve((_request, response) => respond(response, 200, good));
  const { token } = await setUp((_request, response) =>
    respond(response, 307, "", { location: `${other.url}/iam/v1/tokens` }),
  );
  await expect(token()).rejects.toMatchObject({ name: "ApiError", status: 307 });
  expect(other.requests).toHaveLength(0);
});

test("an exchange that takes ten seconds is tried again, four times in all", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { token, server } = await setUp(() => {});
    const failed = expect(token()).rejects.toMatchObject({ name: "ConnectionError", attempts: 4 });
    for (let attempt = 1; attempt <= 4; attempt++) {
      await expect.poll(() => server.requests.length).toBe(attempt);
      await vi.advanceTimersByTimeAsync(10_000); // the limit of the attempt
      await vi.advanceTimersByTimeAsync(1_000); // and the wait before the next
    }
    await failed;
  } finally {
    vi.useRealTimers();
  }
});

test("a misspelt option is an error that names the nearest one", () => {
  const misspelt: object = { endpont: "https://iam.example" };
  for (const create of [() => fromServiceAccountKey(key, misspelt), () => fromEnvironment(misspelt)]) {
    expect(create).toThrow("endpont is not an option; did you mean endpoint?");
  }
  const transport: object = { requestInitExtra: {} };
  expect(() => fromMetadata(transport)).toThrow("requestInitExtra is not an option; did you mean requestInitExt?");
});

test.each([
  ["http://iam.example", "https:"],
  ["https://me:secret@iam.example", "https:"],
  ["iam.example", "https:"],
  ["https://iam.example/iam/v1/tokens", "without a path"],
])("the endpoint %s is refused", (endpoint, rule) => {
  const create = () => fromServiceAccountKey(key, { endpoint });
  expect(create).toThrow(expect.objectContaining({ name: "InvalidArgumentError", argument: "endpoint" }));
  expect(create).toThrow(rule);
  expect(create).not.toThrow("secret");
});

function pemOf({ private_key }: KeyFile): string {
  return private_key.slice(private_key.indexOf("-----BEGIN"));
}
