import { expect, test, vi } from "vitest";
import { detailsOf } from "../src/call-details.js";
import { ApiError, InvalidResponseError } from "../src/errors.js";
import { type ClientOptions, createClient, listBackups, type RetryEvent } from "../src/index.js";
import { redactError, redactJson, redactor, redactStart } from "../src/redact.js";
import { clusterId, params, path } from "./support/description.js";
import { everything } from "./support/print-everything.js";
import { reasonOf } from "./support/promises.js";
import { type Handler, respond, serve } from "./support/server.js";

/** Nothing that looks like a secret, so that only the client can know that it is one. */
const token = "marked-0123456789-token";

/** Lists, fails with this class, and gives everything that can be printed of that. */
async function failure(name: string, handler: Handler, options: Partial<ClientOptions> = {}): Promise<string> {
  const written: unknown[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(text) > 0);
  }
  const events: RetryEvent[] = [];
  const server = await serve(handler);
  const retry = { attempts: 2, minDelay: 0 };
  const onRetry = (event: RetryEvent) => void events.push(event);
  let error: unknown;
  try {
    const client = createClient({ token: async () => token, baseUrl: server.url, retry, onRetry, ...options });
    await listBackups(client, { clusterId }).toArray();
  } catch (reason) {
    error = reason;
  }
  expect(error).toMatchObject({ name });
  return [everything(error), ...events.map(everything), ...written.map(String)].join("\n");
}

const echo =
  (status: number, type: string, body: (authorization: string) => string): Handler =>
  (request, response) => {
    const authorization = request.headers.authorization ?? "";
    respond(response, status, body(authorization), {
      "content-type": `${type}; was=${token}`,
      "x-request-id": authorization,
      "x-server-trace-id": token,
    });
  };

const json = (authorization: string) =>
  JSON.stringify({
    code: 16,
    message: `bad token: ${authorization}`,
    details: [
      { "@type": "t", header: { authorization } },
      { "@type": "t", [authorization]: [authorization] },
    ],
  });
const html = (authorization: string) => `<html>${authorization}</html>`;
const text = (body: (authorization: string) => string) => echo(200, "text/plain", body);
const throwing = (error: object) => ({ fetch: () => Promise.reject(Object.assign(error, { code: "ECONNRESET" })) });
class Telling extends Error {
  override toString(): string {
    return `Telling: ${token}`;
  }
}
const hidden = Object.defineProperty(new Error("hidden"), "token", { value: token });
const inner = Object.assign(new Error(`reset: ${token}`), { config: { headers: { authorization: token } } });
const holding = Object.assign(new TypeError(`failed with ${token}`, { cause: inner }), { token, send: () => token });

test.each<[string, string, Handler, Partial<ClientOptions>?]>([
  ["a 400 with JSON", "ApiError", echo(400, "application/json", json)],
  ["a 401 with JSON", "ApiError", echo(401, "application/json", json)],
  ["a 401 with JSON, and a string as the token", "ApiError", echo(401, "application/json", json), { token }],
  ["a 503 with JSON", "ApiError", echo(503, "application/json", json)],
  ["a 503 with HTML", "ApiError", echo(503, "text/html", html)],
  ["a 200 with HTML", "InvalidResponseError", text(html)],
  ["a 200 that is too large", "InvalidResponseError", text(html), { maxResponseSize: 10 }],
  ["JSON that is cut off", "InvalidResponseError", text((authorization) => `{"backups":"${authorization}`)],
  ["JSON that is not a page", "InvalidResponseError", text((backups) => JSON.stringify({ backups }))],
  ["a body that is cut in it", "InvalidResponseError", text((authorization) => "x".repeat(185) + authorization)],
  ["a redirect", "ConnectionError", (_, response) => respond(response, 302, token, { location: `/${token}` })],
  ["a connection that is cut", "ConnectionError", (request) => request.socket.destroy()],
  ["a timeout", "ConnectionError", () => {}, { timeout: 100 }],
  ["an error with a text of its own", "ConnectionError", () => {}, throwing(new Telling("x"))],
  ["an error with a hidden field", "ConnectionError", () => {}, throwing(hidden)],
  ["an error's stack", "ConnectionError", () => {}, throwing(Object.assign(new Error("x"), { stack: token }))],
  [
    "an error with a symbol",
    "ConnectionError",
    () => {},
    throwing(Object.assign(new Error("y"), { [Symbol("s")]: token })),
  ],
  ["an error that holds the request", "ConnectionError", () => {}, throwing(holding)],
  ["a user name of a base URL", "InvalidArgumentError", () => {}, { baseUrl: `https:me:${token}@h` }],
  ["backslashes in a base URL", "InvalidArgumentError", () => {}, { baseUrl: `https:\\\\me:${token}@h` }],
  ["a base URL with a line break", "InvalidArgumentError", () => {}, { baseUrl: `https://me:\n${token}@h` }],
  ["a base URL with a bad port", "InvalidArgumentError", () => {}, { baseUrl: `https://me:${token}@h:99999` }],
  ["a base URL with a query", "InvalidArgumentError", () => {}, { baseUrl: `https://h/?key=${token}` }],
  ["a token with a line break", "InvalidArgumentError", () => {}, { token: `${token}\nx` }],
  ["a token with a space, from a function", "InvalidArgumentError", () => {}, { token: () => `${token} x` }],
  ["a token that is not ASCII", "InvalidArgumentError", () => {}, { token: () => `${token}ключ` }],
  ["a header with a line break", "InvalidArgumentError", () => {}, { headers: { "x-token": `${token}\nx` } }],
])("the token is not shown by %s", async (_, name, handler, options) => {
  expect(await failure(name, handler, options)).not.toContain("marked-");
});

test("the token is not shown in half by a text that was cut in its middle", async () => {
  const start = token.slice(0, 12);
  const large = '{"t":"'.padEnd(100 - start.length, "x") + token + "x".repeat(1000);
  for (const status of [200, 400]) {
    const name = status === 200 ? "InvalidResponseError" : "ApiError";
    const cut: Handler = (_request, response) => {
      response.writeHead(status, { "content-type": "text/plain" });
      response.write(large.slice(0, 100), () => setTimeout(() => response.end(large.slice(100)), 20));
    };
    expect(await failure(name, cut, { maxResponseSize: 100 })).not.toContain(start);
    const server = await serve(cut);
    const client = createClient({ token, baseUrl: server.url, maxResponseSize: 100 });
    const raw = await client.GET(path, { params }).catch((error: unknown) => error);
    expect(everything(raw)).not.toContain(start);
  }
  const long = "secret-".repeat(143);
  const echoes: Handler = (_request, response) => respond(response, 200, `${long},`.repeat(20));
  expect(await failure("InvalidResponseError", echoes, { token: long })).not.toContain("secret-");
  for (const [field, at] of [
    ["message", 990],
    ["text", 9990],
  ] as const) {
    const body = "x".repeat(at) + token;
    const sent = field === "message" ? JSON.stringify({ code: 3, message: body }) : body;
    expect(await failure("ApiError", (_request, response) => respond(response, 400, sent))).not.toContain("marked-");
  }
});

test("the token is not shown by a path that contains it", async () => {
  const events: unknown[] = [];
  const server = await serve((_request, response) => respond(response, 404, {}));
  const client = createClient({ token, baseUrl: server.url, onResponse: (event) => void events.push(event) });
  const error = await reasonOf(listBackups(client, { clusterId: token }).toArray());
  expect(everything(error) + everything(events)).not.toContain(token);
});

test("the token is not shown by a token function that throws with its previous one", async () => {
  const provider = ({ forceRefresh }: { forceRefresh: boolean }) => {
    if (forceRefresh) throw Object.assign(new Error(`cannot renew ${token}`), { old: token });
    return token;
  };
  const refuse: Handler = (_request, response) => respond(response, 401, { code: 16 });
  const printed = await failure("TokenError", refuse, { token: provider });
  expect(printed).toContain("cannot renew [redacted]");
  expect(printed).not.toContain(token);
});

const secrets = [
  "t1.9euelZqMkJmKj5rLi8-bmZqPnO3rnpWanc6.ZGVtbw_-signature==",
  "c1.9euelZqMkJmKj5rLi8bmZqPnO3rnpWa",
  "AQVNxTMbrP0_example-api-key-Kq1",
  "YCAJEexampleStaticKeyId00",
  "YCPz3exampleStaticSecret-0123456789abcdef",
  "-----BEGIN PRIVATE KEY-----\nMIIEvexample\nAAAA\n-----END PRIVATE KEY-----",
];

test.each(secrets)("a secret like %s is redacted wherever it comes from", async (secret) => {
  const inner = secret.slice(8, 30).replaceAll("\n", "");
  const body = JSON.stringify({
    code: 3,
    message: `refused ${secret} here`,
    details: [{ "@type": "t", key: secret }],
  });
  const printed = await failure("ApiError", (_request, response) => respond(response, 400, body));
  expect(printed).toContain("refused [redacted] here");
  expect(printed).not.toContain(inner);
  const html: Handler = (_request, response) => respond(response, 200, `<html>${secret}`);
  expect(await failure("InvalidResponseError", html)).not.toContain(inner);
  const refusal = () => Promise.reject(new Error(`bad key ${secret}`));
  expect(await failure("TokenError", () => {}, { token: refusal })).not.toContain(inner);
  const pageToken = listBackups(createClient({ token }), { clusterId, pageToken: secret.padEnd(101, "x") });
  expect(everything(await reasonOf(pageToken.toArray()))).not.toContain(inner);
});

test.each(secrets)("a secret like %s is redacted after an escape and inside a longer name", (secret) => {
  const redact = redactor();
  const inner = secret.slice(8, 30).replaceAll("\n", "");
  for (const text of [
    JSON.stringify(`line\n${secret}`),
    `\\u000a${secret}`,
    `Bearer%20${secret}`,
    `key_${secret}`,
    `a=${secret}`,
  ]) {
    expect(redact(text)).toContain("[redacted]");
    expect(redact(text)).not.toContain(inner);
  }
});

test("a token that begins with another one is redacted whole", () => {
  const both = redactor(["prefix-token", "prefix-token-tail"]);
  expect(both("bad prefix-token-tail")).toBe("bad [redacted]");
});

test("a text is redacted where a secret is, and nowhere else", () => {
  const redact = redactor(["0123456789", "short"]);
  expect(redact("a short text with 0123456789 in it, t1.micro, YC_TOKEN, c1 and part1.name")).toBe(
    "a short text with [redacted] in it, [redacted], YC_TOKEN, c1 and part1.name",
  );
  expect(redactJson({ a: ["x 0123456789"], b: null, c: 1, d: true }, redact)).toEqual({
    a: ["x [redacted]"],
    b: null,
    c: 1,
    d: true,
  });
});

test("a bearer token in capitals is a secret, and so is a private key after the word", () => {
  const redact = redactor();
  expect(redact("AUTHORIZATION: BEARER abcdefghijkl")).toBe("AUTHORIZATION: [redacted]");
  const key = "-----BEGIN PRIVATE KEY-----\nMIIEsecret\n-----END PRIVATE KEY-----";
  expect(redact(`Bearer ${key}`)).toBe("Bearer [redacted]");
  expect(redactJson({ code: 3, message: 'key "-----BEGIN PRIVATE KEY-----\nMIIE" is bad' }, redact)).toEqual({
    code: 3,
    message: 'key "[redacted]" is bad',
  });
});

test("a secret at the end of an argument that is too long is redacted whole", async () => {
  const text = `${"x".repeat(40)} YCPz3exampleStaticSecret-0123456789abcdef`;
  const failure = await reasonOf(listBackups(createClient({ token }), { clusterId: text }).toArray());
  expect(everything(failure)).not.toContain("YCPz3");
});

test("a word after Bearer or Basic is not a secret, nor is a host name", () => {
  for (const text of [
    "Bearer token is missing or expired",
    "Bearer Token required",
    "a missing Bearer token.",
    "Basic authentication required",
    "use Basic auth, not Bearer authorization",
    'Bearer realm="api.cloud.example", error="invalid_token"',
    "basic settings of the cluster",
    "Bearer iam.api.cloud.yandex.net",
    "connect ECONNREFUSED t1.internal.example:443, then c1.rc1a-0.mdb.example.com.",
    '{"nextPageToken":"eyJwYWdlIjoyfQ","other":"-eyJwYWdlIjozfQ"}',
  ]) {
    expect(redactor()(text)).toBe(text);
  }
});

test.each([
  "Bearer token123456",
  "Bearer token=abc123def456",
  "Bearer token.abc123",
  "Bearer authX",
  "Basic dXNlcjpwYXNz is refused",
  "Bearer iam.api.cloud.yandex.net/secret",
  "t1.Internal.Example",
  "t1.example.c0m-9euelZqM",
  "AQAAAAAexampleexampleexampleexampleex",
  "eyJhbGciOiJ-AQVNxTMbrP0_example",
  "eyJhbGciOiJ-YCAJEexampleStaticKeyId00",
  "eyJhbGciOiJ-----BEGIN PRIVATE KEY-----\nMIIEvexample",
  "t1.abcdefgh-----BEGIN PRIVATE KEY-----\nMIIEvexample",
])("a secret is found in %j", (text) => {
  expect(redactor()(text)).toMatch(/^(Bearer |Basic )?(eyJhbGciOiJ-?|t1.abcdefgh)?(\[redacted\])+( is refused)?$/);
});

test("secrets are looked for in a time proportional to the text, whatever two pieces it is made of", () => {
  const pieces = ["-", " ", '\\"', "t1.", "t1.a.", "y0_", "eyJaaaa", "eyJa.", "AQVN", "YCA", "Bearer ", "Basic a."];
  pieces.push("-----BEGIN ", "-----BEGIN X-----", "-----END ", "%20", "\\u000a");
  const redact = redactor(["0123456789"]);
  /** How long it takes the processor, in microseconds. */
  const cost = (run: () => unknown): number => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  for (const [index, one] of pieces.entries()) {
    for (const other of pieces.slice(index)) {
      const text = (one + other).repeat(2 ** 20 / (one + other).length);
      const plain = cost(() => text.replace(/(?<=\W)#/g, ""));
      const budget = 60 * Math.max(plain, 5_000); // quadratic time is minutes
      expect(
        cost(() => redact(text)),
        JSON.stringify([one, other]),
      ).toBeLessThan(budget);
    }
  }
});

test("secrets are not looked for in more than an error shows", async () => {
  const item = (id: unknown) => ({ id, name: "-eyJaaaa".repeat(100) });
  const large = { backups: [...Array.from({ length: 15_000 }, () => item("1")), item(5)] };
  const bodies = [JSON.stringify(large), "-eyJaaaa".repeat(2 ** 20)];
  for (const [index, body] of bodies.entries()) {
    const redact = vi.fn(redactor());
    const response = new Response(body);
    const call = { ...detailsOf("GET", "/p"), redact };
    const errors = [
      new InvalidResponseError(call, "wrong", response, body),
      new ApiError(call, response, index === 0 ? { code: 3, message: body, details: [large] } : body),
    ];
    expect(errors.map(({ message }) => message.length < 1200)).toEqual([true, true]);
    expect(Math.max(...redact.mock.calls.map(([text]) => text.length))).toBeLessThan(2 ** 16);
  }
  const server = await serve((_request, response) => respond(response, 200, bodies[0]));
  const listing = listBackups(createClient({ token, baseUrl: server.url }), { clusterId });
  await expect(listing.toArray()).rejects.toMatchObject({
    name: "InvalidResponseError",
    body: bodies[0]?.slice(0, 200),
  });
});

test("a token is not shown in half where a text is cut, even if redaction makes the text before it short", () => {
  const redact = redactor([token]);
  const cut = 200 + 2 * 2 ** 14;
  const ofLength = (length: number) => `t1.${"a".repeat(length)} `;
  const long = ofLength(16_400);
  for (const before of ["", ofLength(1_000), long + ofLength(1_000), long + long]) {
    for (let at = 0; at < token.length; at++) {
      const text = `${before.padEnd(cut - at, "y ")}${token}${"z".repeat(100_000)}`;
      expect(redactStart(text, 200, redact)).not.toMatch(/mark|aaa/);
    }
  }
});

test("an error of this package is copied, and loses its class, only because of a secret", () => {
  const redact = redactor(["0123456789"]);
  const errorWith = (message: string) => {
    return new ApiError(detailsOf("GET", "/p"), new Response(null, { status: 404 }), { message });
  };
  const [safe, unsafe] = [errorWith("gone"), errorWith("0123456789")];
  expect(redactError(safe, redact)).toBe(safe);
  expect(redactError(unsafe, redact)).not.toBe(unsafe);
  class Telling extends Error {
    toJSON(): string {
      return "0123456789";
    }
  }
  const telling = new Telling("x");
  expect(redactError(telling, redact)).not.toBe(telling);
});

test("an error is copied only because of a secret in it", () => {
  const cause = Object.assign(new Error("reset"), {
    code: "ECONNRESET",
    socket: { bytesRead: 1 },
    errors: [new Error("x")],
  });
  const error = new TypeError("fetch failed", { cause });
  const timeout = new DOMException("late", "TimeoutError");
  const redact = redactor(["0123456789"]);
  expect(redactError(error, redact)).toBe(error);
  expect(redactError(timeout, redact)).toBe(timeout);
  const held = new DOMException("0123456789", "TimeoutError");
  expect(redactError(held, redact)).toMatchObject({ name: "TimeoutError", message: "[redacted]" });
  const circular: Error & { self?: unknown } = new Error("round");
  circular.self = circular;
  let wide: unknown = ["x"];
  for (let level = 0; level < 24; level++) wide = [wide, wide];
  expect(redactError(Object.assign(new Error("wide"), { wide }), redact)).toMatchObject({ message: "wide" });
  expect(redactError(circular, redact)).toMatchObject({ message: "round" });
});

const jwtLike = "t0/k+en==.0123456789abcdefGHIJ-KLMNOP_qrstuvwxyz~0123456789ABCDEF";
const percent = (text: string) =>
  [...text].map((c) => (/\w/.test(c) ? c : `%${c.charCodeAt(0).toString(16)}`)).join("");

test.each<[string, (text: string) => string]>([
  ["percent-encoded in lower case", percent],
  ["percent-encoded twice", (text) => encodeURIComponent(encodeURIComponent(text))],
  ["with HTML entities", (text) => text.replace(/\W/g, (c) => `&#${c.charCodeAt(0)};`)],
  ["with JSON escapes", (text) => text.replace(/\W/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
  ["with escaped slashes", (text) => text.replaceAll("/", "\\/")],
])("a token that is sent back %s is redacted, in a text and in a property name", async (_, encode) => {
  const echoes: Handler = (_request, response) =>
    respond(
      response,
      400,
      `{"code":3,"message":"bad ${encode(jwtLike)}","details":[{"@type":"t","${encode(jwtLike)}":1}]}`,
    );
  const printed = await failure("ApiError", echoes, { token: jwtLike });
  expect(printed).not.toContain("0123456789abcdef");
  expect(printed).not.toContain("KLMNOP_qrstuvwxyz");
});

test.each([
  "eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJhamUifQ.c2lnbmF0dXJl-_AB",
  "y0_AgAAAAABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
  "Basic dXNlcjpodW50ZXIyaHVudGVyMg==",
  "BeArEr opaque-value-0123456789",
])("the error of a token function that quotes %s does not show it", async (secret) => {
  const refusal = () => Promise.reject(new Error(`cannot exchange ${secret} today`));
  const printed = await failure("TokenError", () => {}, { token: refusal });
  expect(printed).toContain("cannot exchange [redacted] today");
  expect(printed).not.toContain(secret.slice(8, 24));
});

test("each of 150 concurrent calls redacts its own token", async () => {
  const server = await serve((request, response) => {
    setTimeout(() => respond(response, 400, { code: 3, message: request.headers.authorization }), 5);
  });
  let count = 0;
  const client = createClient({ token: () => `opaque-${1000 + count++}-secret`, baseUrl: server.url });
  const calls = Array.from({ length: 150 }, () => client.GET(path, { params }));
  for (const { error } of await Promise.all(calls)) expect(everything(error)).not.toMatch(/opaque-\d+/);
});

test("a secret that is given as the wrong argument is not shown", async () => {
  const opaque = "opaque0123456789secret0123456789token0123456789abcdefghi";
  const shown: unknown[] = [];
  for (const options of [{ baseUrl: opaque }, { timeout: opaque }, { retry: { attempts: opaque } }]) {
    try {
      createClient({ token, ...options } as unknown as ClientOptions);
    } catch (error) {
      shown.push(error);
    }
  }
  for (const params of [{ clusterId: opaque }, { clusterId, pageSize: opaque }, { clusterId, limit: opaque }]) {
    const listing = listBackups(createClient({ token }), params as Parameters<typeof listBackups>[1]);
    shown.push(await reasonOf(listing.toArray()));
  }
  expect(shown).toMatchObject(Array(6).fill({ name: "InvalidArgumentError" }));
  expect(everything(shown.map((error) => everything(error)))).not.toContain("opaque");
});

test("the token as a nextPageToken is neither sent nor printed", async () => {
  const urls: unknown[] = [];
  const printed = await failure("InvalidResponseError", (request, response) => {
    urls.push(request.url);
    respond(response, 200, { backups: [{ id: "1" }], nextPageToken: token });
  });
  expect(urls).toHaveLength(1);
  expect(printed).not.toContain(token);
});

test("a token of special characters that a failure sends back is redacted", async () => {
  const odd = `ab/c+d=="'\\<&%25e~!@#$^*()_-{}[]|:;?,.xyz12`;
  const server = await serve((_request, response) => respond(response, 400, { code: 3, message: `bad ${odd} end` }));
  const { error } = await createClient({ baseUrl: server.url, token: odd }).GET(path, { params });
  expect(error).toMatchObject({ message: "bad [redacted] end" });
});
