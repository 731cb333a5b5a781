import { Readable } from "node:stream";
import { expect, inject, test, vi } from "vitest";
import { type ClientOptions, createClient, listBackups } from "../src/index.js";
import { clusterId, params, path } from "./support/description.js";
import { pages, refusedUrl, serve } from "./support/server.js";

const options = { token: "t", retry: false } as const;
const get = (baseUrl: string, id = clusterId, query = {}) =>
  createClient({ ...options, baseUrl }).GET(path, { params: { path: { clusterId: id }, query } });

test.each(["a/b", "a?b#c", "a b", "日本", "$&x", "a%2Fb", "...", "a\\b", "{clusterId}", "😀".repeat(50)])(
  "the path parameter %j is one encoded segment that the server decodes to the same value",
  async (id) => {
    const server = await serve(pages({}));
    await get(server.url, id);
    const segments = new URL(server.requests[0]?.url ?? "", server.url).pathname.split("/");
    expect(segments).toHaveLength(6);
    expect(decodeURIComponent(segments[4] ?? "")).toBe(id);
  },
);

const limit = "clusterId must be well-formed text of 1 to 50 characters, but is";
test.each<[object, string]>([
  [{ clusterId: ".." }, "clusterId must not be . or .."],
  [{ clusterId: "." }, "clusterId must not be . or .."],
  [{ clusterId: "" }, limit],
  [{ clusterId: "x".repeat(51) }, `${limit} 51 characters long`],
  [{ clusterId: "\ud800" }, limit],
  [{ clusterId: null }, "clusterId must be"],
  [{ clusterId: 5 }, "clusterId must be"],
  [{ pageSize: 1001 }, "pageSize must be"],
  [{ pageSize: -1 }, "pageSize must be"],
  [{ pageSize: 1.5 }, "pageSize must be"],
  [{ pageSize: "10" }, "pageSize must be"],
  [{ pageSize: Number.NaN }, "pageSize must be"],
  [{ pageToken: "x".repeat(101) }, "pageToken must be"],
  [{ pageToken: 1 }, "pageToken must be"],
])("a call and a listing with %j are refused before any request", async (params, message) => {
  const server = await serve(pages({}));
  const { clusterId: id, ...query } = { clusterId, ...params };
  const [argument] = Object.keys(params);
  const refused = { name: "InvalidArgumentError", code: "INVALID_ARGUMENT", argument };
  const withMessage = { ...refused, message: expect.stringContaining(message) };
  await expect(get(server.url, id, query)).rejects.toMatchObject(withMessage);
  const listing = listBackups(createClient({ ...options, baseUrl: server.url }), { clusterId, ...params });
  await expect(listing.toArray()).rejects.toMatchObject(withMessage);
  expect(server.requests).toHaveLength(0);
});

test.each<[object, string]>([
  [{ signal: new AbortController() }, "signal must be an AbortSignal, but is an AbortController"],
  [{ fetch: "x" }, "fetch must be a function, but is a String"],
  [{ headers: "x" }, "headers must be an object, but is a String"],
  [{ timeout: 50 }, "timeout is for createClient only"],
  [{ retry: false }, "retry is for createClient only"],
])("a call and a listing with the option %j are refused", async (option, message) => {
  const client = createClient(options);
  const refused = { name: "InvalidArgumentError", argument: Object.keys(option)[0], message };
  await expect(client.GET(path, { params, ...option })).rejects.toMatchObject(refused);
  await expect(listBackups(client, { clusterId }, option).toArray()).rejects.toMatchObject(refused);
});

test.each<[unknown, string]>([
  [{ clusterId, signal: new AbortController() }, "signal"],
  [undefined, "clusterId"],
])("a listing with the parameters %j is refused when it is iterated", async (params, argument) => {
  const listing = listBackups(createClient(options), params as { clusterId: string });
  await expect(listing.toArray()).rejects.toMatchObject({ name: "InvalidArgumentError", argument });
});

test("a missing path parameter is refused", async () => {
  const client = createClient({ ...options, baseUrl: "http://127.0.0.1:1" });
  // @ts-expect-error the parameters are required
  await expect(client.GET(path)).rejects.toMatchObject({ argument: "clusterId" });
});

test.each([undefined, null, ""])("a query parameter with the value %j is left out of a listing", async (pageToken) => {
  const server = await serve(pages({}, {}));
  const client = createClient({ ...options, baseUrl: server.url });
  await listBackups(client, { clusterId, pageToken: pageToken as undefined, pageSize: 0 }).toArray();
  expect(server.queries).toEqual([{ pageSize: "0" }]);
});

test.each([
  ["an unknown path", "/../../iam/v1/keys", {}, "path"],
  ["a path without its slash", ".evil.example/x", {}, "path"],
  ["an unknown query parameter", path, { path: { clusterId }, query: { pagesize: 5 } }, "pagesize"],
  ["a parameter in another place", path, { path: { clusterId, pageSize: 5 } }, "pageSize"],
])("a call with %s is refused before any request", async (_, to, params, argument) => {
  const server = await serve(pages({}));
  const { GET } = createClient({ ...options, baseUrl: server.url });
  const call = (GET as (path: string, init: object) => Promise<unknown>)(to, { params });
  await expect(call).rejects.toMatchObject({ name: "InvalidArgumentError", argument });
  expect(server.requests).toHaveLength(0);
});

test("a parameter that changes after it was validated is sent as it was", async () => {
  const server = await serve(pages({}));
  const ids = [clusterId, ".."];
  const params = {
    path: Object.defineProperty({ clusterId }, "clusterId", { get: () => ids.shift(), enumerable: true }),
  };
  await createClient({ ...options, baseUrl: server.url }).GET(path, { params });
  expect(server.requests[0]?.url).toBe(path.replace("{clusterId}", clusterId));
});

test.each(["", "/", "//", "/p", "/p/", "/p/q//"])(
  "a base URL that ends in %j is joined with the path by one slash",
  async (end) => {
    const server = await serve(pages({}));
    await get(`${server.url}${end}`);
    const prefix = end.replace(/\/+$/, "");
    expect(server.requests[0]?.url).toBe(`${prefix}/managed-mysql/v1/clusters/${clusterId}/backups`);
  },
);

test("the base URL is the description's first server by default", async () => {
  const fetch = vi.fn(async (_request: Request) => Response.json({}));
  await createClient({ ...options, fetch }).GET(path, { params });
  expect(fetch.mock.calls[0]?.[0].url).toMatch(/^https:\/\/mdb\.api\.cloud\.yandex\.net\/managed-mysql\//);
});

test.each(["http://example.com", "http://127.0.0.1.example.com", "ftp://127.0.0.1", "nonsense", "https://h/?a=1"])(
  "the base URL %s is refused",
  (baseUrl) => {
    expect(() => createClient({ ...options, baseUrl })).toThrow(expect.objectContaining({ argument: "baseUrl" }));
  },
);

test("a base URL with a password is refused, and the password is not shown", () => {
  expect(() => createClient({ ...options, baseUrl: "https://me:hunter2@h" })).toThrow(
    /^baseUrl must be https:, .* without user name, password, .* but is https:\/\/h$/,
  );
});

test.each(["http://localhost:1", "http://127.9.9.9:1", "http://[::1]:1", "https://example.com"])(
  "a token may be sent to %s",
  (baseUrl) => {
    expect(() => createClient({ ...options, baseUrl })).not.toThrow();
  },
);

const sent = async (token: NonNullable<ClientOptions["token"]>): Promise<string | undefined> => {
  const server = await serve(pages({}));
  await createClient({ token, baseUrl: server.url }).GET(path, { params });
  return server.requests[0]?.headers.authorization;
};

test("a token is sent without the white space around it", async () => {
  expect(await sent("abc\n")).toBe("Bearer abc");
  expect(await sent(async () => " abc\r\n")).toBe("Bearer abc");
});

test.each([
  ["", "is empty"],
  [" \n", "is empty"],
  [undefined, "is undefined"],
  [null, "is null"],
  [5, "is a Number"],
  [{ token: "t" }, "is an Object"],
  ["Bearer t", "has a space"],
  ["a\nb", "has a space"],
  ["ключ", "has another character"],
])("the token %j is refused before sending, because it %s", async (token, found) => {
  const message = `token must be visible ASCII characters without a space, but ${found}`;
  const bad = { name: "InvalidArgumentError", argument: "token", message };
  expect(() => createClient({ token: token as string })).toThrow(expect.objectContaining(bad));
  await expect(sent(() => token as string)).rejects.toMatchObject(bad);
});

test("a Promise of a token is refused, and the error says so", () => {
  const token: unknown = Promise.resolve("t");
  expect(() => createClient({ token: token as string })).toThrow(/but is a Promise$/);
});

test("a token function is called for each request, with a signal and a fetch", async () => {
  const server = await serve(pages({ nextPageToken: "a" }, {}));
  const token = vi.fn(async () => `t${token.mock.calls.length}`);
  await listBackups(createClient({ token, baseUrl: server.url }), { clusterId }).toArray();
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer t1", "Bearer t2"]);
  const given = { forceRefresh: false, signal: expect.any(AbortSignal), fetch: expect.any(Function) };
  expect(token).toHaveBeenCalledWith(given);
});

test("a token function that throws stops the request with a TokenError", async () => {
  const failure = new Error("no metadata service");
  await expect(sent(() => Promise.reject(failure))).rejects.toMatchObject({
    name: "TokenError",
    code: "TOKEN_ERROR",
    message: "The token function failed: no metadata service",
    cause: failure,
  });
});

const replacement = () => vi.fn(async (_request: Request) => Response.json({ backups: [{ id: "replaced" }] }));

test("a global fetch that was replaced after the client was created is used", async () => {
  const client = createClient({ ...options, baseUrl: "http://127.0.0.1:1" });
  vi.stubGlobal("fetch", replacement());
  const { data } = await client.GET(path, { params });
  expect(data?.backups?.[0]?.id).toBe("replaced");
});

test("a fetch that is given as an option replaces the global one, and gets a Request with the token", async () => {
  const mine = replacement();
  vi.stubGlobal("fetch", replacement());
  const client = createClient({ ...options, baseUrl: "http://127.0.0.1:1", fetch: mine });
  await client.GET(path, { params });
  expect(mine).toHaveBeenCalledTimes(1);
  expect(globalThis.fetch).not.toHaveBeenCalled();
  expect(mine.mock.calls[0]?.[0].headers.get("authorization")).toBe("Bearer t");
});

test("client.GET returns data, error and response, and does not throw for a status", async () => {
  const client = createClient({ ...options, baseUrl: inject("mockUrl") });
  const good = await client.GET(path, { params });
  expect(good.data?.backups).toHaveLength(3);
  const bad = await client.GET(path, { params, headers: { prefer: "code=404" } });
  expect(bad.error).toMatchObject({ code: 5 });
  expect(bad.response.status).toBe(404);
});

test.each([
  ["a header's value", { "x-api-key": "secret\nvalue" }],
  ["a header's value above U+00FF", [["x-api-key", "secret-ключ"]] as [string, string][]],
  ["a header's name", { "x api key": "secret" }],
])("%s that cannot be sent is refused, and only its name is shown", async (_, headers) => {
  const refused = {
    name: "InvalidArgumentError",
    argument: "headers",
    message: expect.stringMatching(/^headers must be valid in HTTP, but "x.api.key" is not$/),
  };
  const client = createClient({ ...options, fetch: async () => Response.json({}) });
  await expect(client.GET(path, { params, headers })).rejects.toMatchObject(refused);
  if (!Array.isArray(headers)) {
    expect(() => createClient({ ...options, headers: { ...headers } })).toThrow(expect.objectContaining(refused));
  }
});

/** As another library's, which is no instance of the global class. */
class LibraryHeaders {
  *[Symbol.iterator]() {
    yield ["x-a", "1"];
  }
}
test.each<[string, object]>([
  ["pairs", [["x-a", "1"]]],
  ["a Map", new Map([["x-a", "1"]])],
  ["the Headers of a library", new LibraryHeaders()],
])("headers of a client or a call can be %s", async (_, headers) => {
  const server = await serve(pages({}, {}));
  const given = { headers: headers as Headers };
  await createClient({ ...options, baseUrl: server.url, ...given }).GET(path, { params });
  await createClient({ ...options, baseUrl: server.url }).GET(path, { params, ...given });
  expect(server.requests).toMatchObject([{ headers: { "x-a": "1" } }, { headers: { "x-a": "1" } }]);
});

test("a client keeps the headers that it was made with", async () => {
  const server = await serve(pages({}));
  const headers: Record<string, string> = { "x-a": "1" };
  const client = createClient({ ...options, baseUrl: server.url, headers });
  Object.assign(headers, { "x-a": "2", "x b": "3" });
  await client.GET(path, { params });
  expect(server.requests[0]?.headers).toMatchObject({ "x-a": "1" });
});

test.each(["value", "getter"])("an option that is inherited as a %s is read", async (kind) => {
  const fetch = vi.fn(async (_request: Request) => Response.json({}));
  const all = { baseUrl: "http://127.0.0.1:1", headers: { "x-a": "1" }, token: "t", fetch };
  const properties = Object.entries(all).map(([name, value]) => {
    return [name, kind === "getter" ? { get: () => value } : { value, enumerable: true }];
  });
  const defaults = Object.create(null, Object.fromEntries(properties));
  await createClient(Object.create(defaults)).GET(path, { params });
  const { url, headers } = fetch.mock.calls[0]?.[0] ?? expect.unreachable();
  expect(url).toContain("http://127.0.0.1:1/");
  expect(Object.fromEntries(headers)).toMatchObject({ "x-a": "1", authorization: "Bearer t" });
});

test("the token function is not called when a Request cannot be made", async () => {
  const token = vi.fn(() => "t");
  const client = createClient({ token });
  const redirect = "nowhere" as RequestRedirect;
  await expect(client.GET(path, { params, redirect })).rejects.toThrow(TypeError);
  expect(token).not.toHaveBeenCalled();
});

test("a method takes frozen options, and may be called without its object", async () => {
  const server = await serve(pages({}));
  const { GET } = createClient({ ...options, baseUrl: server.url });
  const init = Object.freeze({ params: Object.freeze({ path: Object.freeze({ clusterId }) }) });
  expect((await GET(path, init)).data).toEqual({});
});

test("a refused connection is a ConnectionError that says why", async () => {
  await expect(get(await refusedUrl())).rejects.toMatchObject({
    name: "ConnectionError",
    code: "CONNECTION_ERROR",
    message: expect.stringMatching(
      /^GET \/managed-mysql\/v1\/clusters\/c9q8m2k4v7x1n5t3b6h0\/backups got no response: fetch failed \(.*ECONNREFUSED.*\)$/,
    ),
    systemCode: "ECONNREFUSED",
    cause: expect.any(TypeError),
  });
});

test("a connection that both addresses of a name refuse is a ConnectionError that says why", async () => {
  const cause = Object.assign(new AggregateError([new Error("::1"), new Error("127.0.0.1")]), {
    code: "ECONNREFUSED",
  });
  const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
  const call = createClient({ ...options, fetch }).GET(path, { params });
  await expect(call).rejects.toThrow(/fetch failed \(ECONNREFUSED\)$/);
});

test.each([
  ["without a stream, as that of React Native", undefined],
  ["with a stream of Node.js, as that of node-fetch", Readable.from([])],
])("a fetch may give responses %s", async (_, body) => {
  const text = '{"backups":[{"id":"1"}]}';
  const headers = new Headers({ "content-type": "application/json" });
  const fetch = async () => ({ ok: true, status: 200, headers, body, text: async () => text }) as unknown as Response;
  expect(await listBackups(createClient({ ...options, fetch }), { clusterId }).toArray()).toEqual([{ id: "1" }]);
});

const backups = { backups: [{ id: "1" }] };
const readOf = async (response: Response) => (await response.text()) && response;
const locked = async (response: Response) => response.body?.getReader() && response;
test.each([
  ["undefined", async () => undefined],
  ["an Object", async () => backups],
  ["an Object with status 200", async () => ({ ok: true, status: 200, json: async () => backups })],
  ["a Response with status 200", () => locked(Response.json(backups))],
  ["a Response with status 403", () => readOf(Response.json({ message: "denied" }, { status: 403 }))],
])("a fetch that returns %s that cannot be read fails at once, and the error says so", async (returned, respond) => {
  const fetch = vi.fn(respond as () => Promise<Response>);
  await expect(listBackups(createClient({ token: "t", fetch }), { clusterId }).toArray()).rejects.toMatchObject({
    name: "InvalidArgumentError",
    message: `fetch must return a Response with an unread body, but returned ${returned}`,
  });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a fetch that cannot take a Request of this run time fails at once, and the error says so", async () => {
  // As undici's and node-fetch's do with a Request that is not their own.
  const fetch = vi.fn((request: Request) => globalThis.fetch(String(request)));
  const client = createClient({ token: "t", fetch });
  await expect(listBackups(client, { clusterId }).toArray()).rejects.toMatchObject({
    name: "InvalidArgumentError",
    argument: "fetch",
    message: expect.stringContaining("must take a Request"),
  });
  expect(fetch).toHaveBeenCalledTimes(1);
});
