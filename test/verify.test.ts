import { describe, expect, test } from "vitest";
import { formats } from "../scripts/verify/report.js";
import { createGet } from "../scripts/verify/send-get.js";
import { type VerifyOptions, verify } from "../scripts/verify/verify-server.js";
import { clusterId } from "./support/description.js";
import { type Lie, lineAt, lyingServer, type Passing } from "./support/lying-server.js";
import { mockWith } from "./support/mock.js";
import { refusing, respond, serve } from "./support/server.js";

const folderId = "b1g4d7f0s2j5l8p3r6w9";
const token = "marked-0123456789-token";

/** Verifies a server, and gives the report with what stands at each place in the description. */
async function report(endpoint: string, options: Partial<VerifyOptions> = {}) {
  const result = await verify({ token, endpoint, ids: { clusterId }, maxPages: 20, probes: true, ...options });
  const located = <Finding extends { place: string }>(finding: Finding): Finding => {
    return { ...finding, place: lineAt(finding.place) };
  };
  return { ...result, disagreements: result.disagreements.map(located), missing: result.missing.map(located) };
}

type Fields = Record<string, unknown>;

/** Changes each backup of a page. */
function backups(change: (backup: Fields) => Fields): Lie {
  return body((page) => (Array.isArray(page["backups"]) ? { ...page, backups: page["backups"].map(change) } : page));
}

/** Changes the body of each page. */
function body(change: (page: Fields, url: URL) => unknown): Lie {
  return {
    response: (passing, url) =>
      passing.status === 200 ? { ...passing, body: change({ ...Object(passing.body) }, url) } : passing,
  };
}

const schema = "openapi/components/schemas/Backup.yaml";
const parameter = "openapi/components/parameters/PageSize.yaml";
const responses = "openapi/components/responses";
const tokens = new Map<string, string>();

const lies: readonly [string, Lie, Fields][] = [
  [
    "a required field is missing",
    backups(({ id: _, ...rest }) => rest),
    { pointer: "/backups/*/id", rule: "required: id", value: "nothing", place: `${schema}: required` },
  ],
  [
    "a number comes for a string",
    backups((backup) => ({ ...backup, size: 10737418240 })),
    {
      pointer: "/backups/*/size",
      rule: 'type: "string"',
      value: "10737418240",
      place: `${schema}: properties > size > type: string`,
    },
  ],
  [
    "null comes for a string",
    backups((backup) => ({ ...backup, createdAt: null })),
    {
      pointer: "/backups/*/createdAt",
      rule: 'type: "string"',
      value: "null",
      place: `${schema}: properties > createdAt > type: string`,
    },
  ],
  [
    "a number comes for an enum",
    backups((backup) => ({ ...backup, status: 5 })),
    {
      pointer: "/backups/*/status",
      rule: "anyOf",
      value: "5",
      place: "openapi/components/schemas/BackupStatus.yaml: anyOf",
    },
  ],
  [
    "an enum has a new value",
    backups((backup) => ({ ...backup, status: "PAUSED" })),
    {
      pointer: "/backups/*/status",
      rule: 'enum: ["BACKUP_STATUS_UNSPECIFIED","DONE","CREATING"]',
      value: '"PAUSED"',
      place: "openapi/components/schemas/BackupStatus.yaml: anyOf > - type: string > enum",
    },
  ],
  [
    "a field is not described",
    backups((backup) => ({ ...backup, "a/b": "x" })),
    { pointer: "/backups/*/a~1b", rule: "no such field", value: "a string", place: `${schema}: properties` },
  ],
  [
    "a header is not described",
    { response: (passing) => ({ ...passing, headers: { ...passing.headers, "x-request-id": "1" } }) },
    {
      pointer: "header x-request-id",
      rule: "no such header",
      value: "a string",
      place: expect.stringContaining('> "200"'),
    },
  ],
  [
    "a status is not described",
    { response: (passing) => (passing.status === 200 ? { ...passing, status: 418 } : passing) },
    {
      status: 418,
      rule: "statuses: 200, 400, 401, 403, 404, 429, 500, 503, 504",
      value: "418",
      place: expect.stringMatching(/backups\.yaml: get > responses$/),
    },
  ],
  [
    "a redirect comes",
    { response: (passing) => (passing.status === 200 ? { ...passing, status: 302, headers: {} } : passing) },
    { status: 302, value: "302" },
  ],
  [
    "an error is plain text",
    {
      response: (passing) =>
        passing.status === 404
          ? { status: 404, headers: { "content-type": "text/plain" }, body: "no such page" }
          : passing,
    },
    {
      status: 404,
      pointer: "header content-type",
      rule: "media types: application/json",
      value: "text/plain",
      place: `${responses}/NotFound.yaml: content`,
    },
  ],
  [
    "a response has neither a type nor a body",
    { response: (passing) => (passing.status === 400 ? { status: 400, headers: {}, body: "" } : passing) },
    { status: 400, pointer: "header content-type", value: "nothing", place: `${responses}/BadRequest.yaml: content` },
  ],
  [
    "a body is cut off",
    { response: (passing) => (passing.status === 401 ? { ...passing, body: '{"code":' } : passing) },
    {
      status: 401,
      rule: 'type: "object"',
      value: '"{\\"code\\":"',
      place: "openapi/components/schemas/Status.yaml: type: object",
    },
  ],
  [
    "a page token has 101 characters",
    {
      request: ({ searchParams }) => {
        const known = tokens.get(searchParams.get("pageToken") ?? "");
        if (known) searchParams.set("pageToken", known);
      },
      ...body((page) => {
        const { nextPageToken, backups } = page;
        if (typeof nextPageToken !== "string" || !backups) return page;
        const long = nextPageToken.padEnd(101, "x");
        tokens.set(long, nextPageToken);
        return { ...page, nextPageToken: long };
      }),
    },
    {
      pointer: "/nextPageToken",
      rule: "maxLength: 100",
      value: expect.stringMatching(/^"[\w-]{59}… \(103 characters\)$/),
      place: expect.stringMatching(/ListBackupsResponse.yaml: properties > nextPageToken > maxLength: 100$/),
    },
  ],
  [
    "a page is larger than asked",
    {
      request: ({ searchParams }) => {
        const size = searchParams.get("pageSize");
        if (size && size !== "1001") searchParams.set("pageSize", `${Number(size) + 1}`);
      },
    },
    {
      pointer: "/backups",
      rule: "at most pageSize items",
      value: "101 items when asked for 100",
      place: `${parameter}: name: pageSize`,
    },
  ],
  [
    "the default is 50",
    {
      request: ({ searchParams }) => {
        if (!searchParams.has("pageSize")) searchParams.set("pageSize", "50");
      },
    },
    {
      pointer: "/backups",
      rule: "default: 100",
      value: "50 items, but 100 when asked for 100",
      place: `${parameter}: schema > default: 100`,
    },
  ],
  [
    "no token is asked for",
    { response: (passing) => (passing.status === 401 ? { ...passing, status: 403 } : passing) },
    {
      status: 403,
      rule: "401 without a token",
      value: "403",
      place: expect.stringContaining(`${responses}/Unauthorized.yaml: description`),
    },
  ],
  [
    "any cluster is found",
    { response: (passing) => (passing.status === 404 ? { ...passing, status: 200, body: {} } : passing) },
    { status: 200, rule: "404 or 403 for an unknown clusterId", value: "200" },
  ],
  [
    "a page size is clamped",
    {
      request: ({ searchParams }) => {
        if (searchParams.get("pageSize") === "1001") searchParams.set("pageSize", "1000");
      },
    },
    { status: 200, rule: "400 for a pageSize of 1001", value: "200" },
  ],
  [
    "a made-up page token is ignored",
    {
      request: ({ searchParams }) => {
        if (searchParams.get("pageToken") === "made-up") searchParams.delete("pageToken");
      },
    },
    { status: 200, rule: "400 for a made-up pageToken", value: "200" },
  ],
];

describe("npm run verify", () => {
  test.each(lies)("reports once, and nothing else, that %s", async (_, lie, expected) => {
    const server = await lyingServer(lie);
    const { disagreements, missing, stopped } = await report(server.url);
    const text = expect.any(String);
    const defaults = { operation: "listBackups", status: 200, pointer: "", rule: text, value: text, place: text };
    expect({ disagreements, stopped }).toEqual({
      disagreements: [{ ...defaults, count: expect.any(Number), ...expected }],
      stopped: null,
    });
    expect(missing.map(({ pointer }) => pointer)).toEqual([]);
  });

  test("reports a page of a short listing that is larger than asked", async () => {
    const server = await lyingServer(
      { request: ({ searchParams }) => searchParams.delete("pageSize") },
      { backups: 7 },
    );
    const { disagreements } = await report(server.url, { probes: false });
    expect(disagreements).toMatchObject([{ rule: "at most pageSize items", value: "7 items when asked for 4" }]);
  });

  test("counts how often a disagreement came, in all operations", async () => {
    const lie = backups((backup) => ({ ...backup, size: 1 }));
    const server = await lyingServer(lie, { backups: 3 });
    const { disagreements } = await report(server.url, { ids: { clusterId, folderId }, probes: false });
    // Each listing comes whole, and then in two pages.
    expect(disagreements).toMatchObject([{ operation: "listFolderBackups", pointer: "/backups/*/size", count: 12 }]);
  });

  test("shows no name that is the reader's own", async () => {
    const labels = { "100%": 5 };
    const lie = body((page) =>
      page["clusters"] ? { ...page, clusters: [{ ...Object(Object(page["clusters"])[0]), labels }] } : page,
    );
    const server = await lyingServer(lie);
    const { disagreements } = await report(server.url, { ids: { folderId }, probes: false, maxPages: 1 });
    expect(disagreements).toMatchObject([{ pointer: "/clusters/*/labels/*", value: "5" }]);
  });

  test("notes a described field that never came, which is no disagreement", async () => {
    const server = await lyingServer(backups(({ journalSize: _, ...rest }) => rest));
    const result = await report(server.url);
    expect(result.disagreements).toEqual([]);
    expect(result.missing).toMatchObject([
      { pointer: "/backups/*/journalSize", place: `${schema}: properties > journalSize` },
    ]);
    expect(formats.text(result)).toMatch(
      / never came\n {4}listBackups 200 \/backups\/\*\/journalSize\nThe server does what/,
    );
  });

  test.each([
    ["the examples", {}, 20, true],
    ["the examples, on their first pages", {}, 1, false],
    ["made-up backups", { backups: 250, clusters: 7 }, 20, true],
    ["a single page", { backups: 7 }, 20, false], // too few to have every field
  ])("finds nothing in a mock server with %s", async (_, options, maxPages, hasAllFields) => {
    const mock = await mockWith(options);
    const result = await report(mock.url, { ids: { clusterId, folderId }, maxPages });
    expect(result).toMatchObject({ disagreements: [], stopped: null });
    if (hasAllFields) expect(result.missing).toEqual([]);
    expect(mock.requests.length).toBe(result.requests);
    expect(new Set(mock.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  test("reports what was seen before the server died", async () => {
    const server = await lyingServer({
      response: (passing, { searchParams }) => {
        const { nextPageToken } = Object(passing.body);
        if (searchParams.has("pageToken") && nextPageToken === undefined) return undefined; // the third page
        return { ...passing, body: { ...Object(passing.body), total: 250 } };
      },
    });
    const result = await report(server.url);
    expect(result).toMatchObject({ disagreements: [{ pointer: "/total", count: 2 }], missing: [], requests: 3 });
    expect(result.stopped).toMatch(/^listBackups: /);
  });

  test("stops at a failure that the description has", async () => {
    const mock = await mockWith({ backups: 250 });
    mock.fail({ status: 403, at: { page: 2 } });
    const result = await report(mock.url);
    expect(result).toMatchObject({ disagreements: [], requests: 2, stopped: "listBackups: the status 403" });
  });

  test("stops when there is no server", async () => {
    const { url, close } = await refusing();
    const result = await report(url);
    close();
    expect(result).toMatchObject({ disagreements: [], requests: 1, stopped: expect.stringContaining("ECONNREFUSED") });
  });

  test("ends a listing that does not end by itself", async () => {
    const server = await serve((_, response) => respond(response, 200, { nextPageToken: "again" }));
    const result = await report(server.url, { maxPages: 3, probes: false });
    const own = server.requests.filter(({ url }) => url?.includes("/backups"));
    expect(own).toHaveLength(4); // three pages, and one with the default page size
    expect(result.stopped).toBe(null);
  });

  test("never shows the token, or what looks like one, or the ids of the reader", async () => {
    const iam = `t1.${"x".repeat(70)}`;
    const secrets = `${token} ${iam}`;
    const server = await lyingServer({
      response: ({ status }: Passing): Passing => ({
        status,
        headers: {
          "content-type": "application/json",
          "x-token": secrets,
          [`x-${token}`]: secrets,
          "retry-after": secrets,
        },
        body: {
          [token]: secrets,
          [iam]: 1,
          backups: [{ id: 5, folderId, status: secrets, size: secrets, [token]: token }],
        },
      }),
    });
    const result = await report(server.url, { ids: { clusterId, folderId } });
    expect(result.disagreements.length).toBeGreaterThan(5);
    const printed = JSON.stringify(result);
    for (const secret of [token, "t1.", "xxxx", clusterId, folderId]) expect(printed).not.toContain(secret);
  });

  test.each([
    ["a token that cannot stand in a header", { token: "a\nb" }, /headers/],
    ["an endpoint that a token must not go to", { endpoint: "http://example.com" }, /baseUrl/],
  ])("refuses %s", async (_, options, message) => {
    await expect(report("http://127.0.0.1:1", options)).rejects.toThrow(message);
  });

  test("sends requests at a pace", async () => {
    const server = await serve((_, response) => respond(response, 200, {}));
    const get = createGet(server.url, token, 50, () => {});
    const start = performance.now();
    for (const path of ["/1", "/2", "/3"]) await get(path);
    expect(performance.now() - start).toBeGreaterThanOrEqual(99);
  });
});
