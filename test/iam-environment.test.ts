import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { fromEnvironment, fromMetadata } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { type Handler, refusing, respond, serve } from "./support/server.js";

const missing = "this is not a virtual machine, or it has no service account";

beforeEach(() => {
  for (const name of ["YC_TOKEN", "YC_SERVICE_ACCOUNT_KEY_FILE", "YC_METADATA_ADDR"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A metadata service, at which YC_METADATA_ADDR points. */
async function serveMetadata(handler: Handler) {
  const server = await serve(handler);
  vi.stubEnv("YC_METADATA_ADDR", server.url.replace("http://", ""));
  return server;
}

/** The response of a metadata service, with another token for each request. */
const issue: Handler = (_request, response, index) =>
  respond(response, 200, { access_token: `marked-${index}`, expires_in: 43_200, token_type: "Bearer" });

/** Sends the beginning of a body, and closes the connection. */
const cutOff = (response: ServerResponse, status: number): void => {
  response.writeHead(status, { "content-length": 500, "retry-after": "0" });
  response.write("{", () => setImmediate(() => response.socket?.destroy()));
};

test("a metadata service gets a GET with its header, and gives a token", async () => {
  const server = await serveMetadata(issue);
  expect(await fromMetadata()()).toBe("marked-0");
  expect(server.requests[0]).toMatchObject({
    method: "GET",
    url: "/computeMetadata/v1/instance/service-accounts/default/token",
    headers: { "metadata-flavor": "Google", host: server.url.replace("http://", "") },
  });
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

test("a metadata service is asked again when a tenth of the lifetime is left", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  await serveMetadata(issue);
  const token = fromMetadata();
  const tokens: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    tokens.push(await token());
    vi.setSystemTime(Date.now() + 3_600_000);
  }
  expect(tokens).toEqual(Array.from({ length: 24 }, (_, hour) => `marked-${Math.floor(hour / 11)}`));
});

test("the metadata service is at YC_METADATA_ADDR, with or without a scheme, and else at its own address", async () => {
  const server = await serveMetadata(issue);
  vi.stubEnv("YC_METADATA_ADDR", `${server.url}/`);
  expect(await fromMetadata()()).toBe("marked-0");
  vi.stubEnv("YC_METADATA_ADDR", "");
  const urls: string[] = [];
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    urls.push(url);
    return Response.json({ access_token: "t", expires_in: 1 });
  });
  await fromMetadata()();
  expect(urls).toEqual(["http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"]);
});

test.each(["https://h", "h/path", "a b", "me:secret@h", "h:99999"])(
  "a YC_METADATA_ADDR of %s is refused",
  async (address) => {
    vi.stubEnv("YC_METADATA_ADDR", address);
    await expect(fromMetadata()()).rejects.toMatchObject({
      name: "InvalidArgumentError",
      message: `YC_METADATA_ADDR must be a host, with or without a port, but is ${JSON.stringify(address)}`,
    });
  },
);

test("a metadata service that does not respond is given up after two seconds, without a retry", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const server = await serveMetadata(() => {});
  const failed = expect(fromMetadata()()).rejects.toMatchObject({
    name: "ConnectionError",
    message: expect.stringMatching(`${missing} \\(timed out after 2000 ms\\)`),
  });
  await expect.poll(() => server.requests.length).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  await failed;
  expect(server.requests).toHaveLength(1);
});

test("a metadata service that refuses the connection is an error with its address", async () => {
  const { url, close } = await refusing();
  onTestFinished(close);
  vi.stubEnv("YC_METADATA_ADDR", url);
  await expect(fromMetadata()()).rejects.toMatchObject({
    name: "ConnectionError",
    systemCode: "ECONNREFUSED",
    message: expect.stringContaining(`${url} gave no token: ${missing} (connect ECONNREFUSED`),
  });
});

test("a metadata service that responds with 404 is an error that says that there is no service account", async () => {
  const server = await serveMetadata((_request, response) => respond(response, 404, "404 page not found"));
  await expect(fromMetadata()()).rejects.toMatchObject({
    name: "ApiError",
    status: 404,
    message: expect.stringContaining(missing),
  });
  expect(server.requests).toHaveLength(1);
});

test.each<[string, Handler]>([
  ["resets the connection", (request) => request.socket.resetAndDestroy()],
  ["closes the connection", (request) => request.socket.destroy()],
  ["sends half a body", (_request, response) => cutOff(response, 200)],
  ["sends half a failure", (_request, response) => cutOff(response, 503)],
  ["is not ready", (_request, response) => respond(response, 503, {}, { "retry-after": "0" })],
  ["is busy", (_request, response) => respond(response, 429, "slow down", { "retry-after": "0" })],
])("a metadata service that %s once or twice is asked again", async (_, fault) => {
  for (const times of [1, 2]) {
    const server = await serveMetadata((request, response, index) =>
      (index < times ? fault : issue)(request, response, index),
    );
    for (const token of [fromMetadata(), fromEnvironment()]) expect(await token()).toMatch("marked-");
    expect(server.requests).toHaveLength(times + 2);
  }
});

test("a metadata service that loses each connection is not called missing", async () => {
  const server = await serveMetadata((request) => request.socket.resetAndDestroy());
  const error: unknown = await fromEnvironment()().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "ConnectionError", systemCode: "ECONNRESET", attempts: 4 });
  expect(error).toHaveProperty("message", expect.stringContaining(`are not set, and ${server.url} gave no token`));
  expect(error).toHaveProperty("message", expect.not.stringContaining(missing));
});

test("a metadata service that has responded before is asked again when it is silent", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const server = await serveMetadata((request, response, index) => index !== 1 && issue(request, response, index));
  const token = fromMetadata();
  await token();
  const again = token({ forceRefresh: true });
  await expect.poll(() => server.requests.length).toBe(2);
  const requested = async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    return server.requests.length;
  };
  await expect.poll(requested).toBe(3);
  expect(await again).toBe("marked-2");
});

test.each([43_200, 43_199.5, "43200", " 43200 ", "43199.5", 0, "0"])(
  "a metadata service can give the lifetime %j",
  async (expires_in) => {
    await serveMetadata((_request, response) => respond(response, 200, { access_token: "t", expires_in }));
    expect(await fromMetadata()()).toBe("t");
  },
);

test.each<[string, unknown]>([
  ["a lifetime that is not a number", { access_token: "t", expires_in: "soon" }],
  ["no lifetime", { access_token: "t" }],
])("a metadata service that responds with 200 and %s is an error", async (_, body) => {
  await serveMetadata((_request, response) => respond(response, 200, body));
  await expect(fromMetadata()()).rejects.toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining("the body does not say when the token expires"),
  });
});

test.each([
  ["an OAuth token", "y0_AgAAAAAexampleexampleexampleexample"],
  ["an OAuth token", "AQAAAAAexampleexampleexampleexampleex"],
  ["an OAuth token", "AgAAAAAexampleexampleexampleexampleex"],
  ["an API key", "AQVNexampleexampleexampleexampleexample"],
  ["a static access key", "YCAJEexampleexampleexample"],
  ["a static access key", "YCPz3exampleStaticSecret-0123456789abcdef"],
  ["a session cookie", "c1.9euelZqMkJmKj5rLi8bmZqPnO3rnpWa"],
  ["a JSON Web Token", "eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJhamUifQ.c2lnbmF0dXJl"],
  ["the value of an Authorization header", "Bearer t1.example"],
  ["the value of an Authorization header", "Api-Key AQVNexample"],
  [
    "JSON; the key of a service account belongs in YC_SERVICE_ACCOUNT_KEY_FILE",
    '{"id":"ajeexample","private_key":"x"}',
  ],
  ["the text of a PEM file", "-----BEGIN PRIVATE KEY-----\nMIIEexample\n-----END PRIVATE KEY-----"],
])("a YC_TOKEN that is %s is an error, and is neither shown nor sent: %s", async (kind, token) => {
  const server = await serve((_request, response) => respond(response, 401, { code: 16 }));
  vi.stubEnv("YC_TOKEN", token);
  const client = createClient({ baseUrl: server.url, token: fromEnvironment() });
  const error: unknown = await listBackups(client, { clusterId })
    .toArray()
    .catch((reason: unknown) => reason);
  const problem = `YC_TOKEN must be an IAM token, as \`yc iam create-token\` prints it, but looks like ${kind}`;
  expect(error).toMatchObject({ name: "TokenError", message: expect.stringContaining(problem) });
  expect(error).toMatchObject({ message: expect.not.stringContaining("example"), cause: { argument: "YC_TOKEN" } });
  expect(server.requests).toHaveLength(0);
});

test.each([" t1.mine\n", '"t1.mine"', "'t1.mine'\n", "any-other-token"])(
  "the environment's token is YC_TOKEN first, without quotes and white space: %j",
  async (token) => {
    vi.stubEnv("YC_TOKEN", token);
    vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", "missing.json");
    expect(await fromEnvironment()()).toMatch(/^(t1\.mine|any-other-token)$/);
  },
);

test("a request to the metadata service goes by the token function's fetch, and not by the client's", async () => {
  const server = await serveMetadata(issue);
  const sent: string[] = [];
  const through = (name: string) => async (request: Request) => {
    sent.push(name);
    return await fetch(request);
  };
  for (const create of [fromEnvironment, fromMetadata]) {
    await create()({ fetch: through("client") });
    await create({ fetch: through("own") })({ fetch: through("client") });
  }
  expect(sent).toEqual(["own", "own"]);
  expect(server.requests).toHaveLength(4);
});

test("the environment is read at the first call of the token function, and not again", async () => {
  const token = fromEnvironment();
  await serveMetadata(issue);
  expect(await token()).toBe("marked-0");
  vi.stubEnv("YC_TOKEN", "late");
  expect(await token()).toBe("marked-0");
  expect(await token({ forceRefresh: true })).toBe("marked-1");
});

test("an environment without credentials is an error that names the variables and the metadata service", async () => {
  const { url, close } = await refusing();
  onTestFinished(close);
  vi.stubEnv("YC_METADATA_ADDR", url);
  const client = createClient({ baseUrl: url, token: fromEnvironment(), retry: false });
  const error: unknown = await listBackups(client, { clusterId })
    .toArray()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "TokenError" });
  for (const name of ["YC_TOKEN", "YC_SERVICE_ACCOUNT_KEY_FILE", url, missing]) {
    expect(error).toHaveProperty("message", expect.stringContaining(name));
  }
});
