import path from "node:path";
import { expect, test } from "vitest";
import { type Finding, formats } from "../../scripts/verify/report.js";
import { type VerifyOptions, verify } from "../../scripts/verify/verify.js";
import { recordHar } from "../../src/mock.js";
import { clusterId } from "../support/description.js";
import { type Lie, lineAt, lyingServer, type Passing, together } from "../support/lying-server.js";
import { mockWith } from "../support/mock.js";
import { edit, project } from "../support/project.js";
import { refusing, respond, serve } from "../support/server.js";

const folderId = "b1g4d7f0s2j5l8p3r6w9";
const token = "marked-0123456789-token";

/** Verifies a server, and gives the report with what stands at each place in the description. */
async function report(endpoint: string, options: Partial<VerifyOptions> = {}) {
  const result = await verify({ token, endpoint, ids: { clusterId }, ...options });
  const located = <Finding extends { place: string }>(finding: Finding): Finding => {
    return { ...finding, place: lineAt(finding.place).replace(/(description): .+/, "$1") };
  };
  return { ...result, disagreements: result.disagreements.map(located), missing: result.missing.map(located) };
}

type Fields = Record<string, unknown>;

/** Changes one backup of each page. */
function backup(index: number, change: (backup: Fields) => Fields): Lie {
  return body((page) => {
    const { backups } = page;
    return Array.isArray(backups)
      ? { ...page, backups: backups.map((one, at) => (at === index ? change(one) : one)) }
      : page;
  });
}

/** Changes the body of each page. */
function body(change: (page: Fields, url: URL) => unknown): Lie {
  return {
    response: (passing, url) =>
      passing.status === 200 ? { ...passing, body: change({ ...Object(passing.body) }, url) } : passing,
  };
}

/** Changes the responses of one status. */
function status(which: number, change: Partial<Passing>): Lie {
  return { response: (passing) => (passing.status === which ? { ...passing, ...change } : passing) };
}

const schema = "openapi/components/schemas/Backup.yaml";
const page = "openapi/components/schemas/ListBackupsResponse.yaml";
const parameter = "openapi/components/parameters/PageSize.yaml";
const responses = "openapi/components/responses";
const badRequest = `${responses}/BadRequest.yaml: description`;
const operation = "openapi/paths/managed-mysql_v1_clusters_{clusterId}_backups.yaml: get > responses";
const statuses = "statuses: 200, 400, 401, 403, 404, 429, 500, 503, 504";
const known =
  'openapi/components/schemas/BackupStatus.yaml: anyOf, enum: ["BACKUP_STATUS_UNSPECIFIED","DONE","CREATING"]';
const tokens = new Map<string, string>();
const pageSize = (change: (size: string | null, search: URLSearchParams) => void): Lie => ({
  request: ({ searchParams }) => change(searchParams.get("pageSize"), searchParams),
});

/** Lies that do not get in the way of each other, so that one server tells them all, and the line about each. */
const sets: [string, [lie: Lie, line: string][]][] = [
  [
    "bodies and headers",
    [
      // A field that is required is left out.
      [backup(0, ({ id: _, ...rest }) => rest), `${schema}: required, required: id, 200 /backups/*/id: nothing`],
      [
        backup(1, (backup) => ({ ...backup, size: 10737418240 })),
        `${schema}: properties > size > type: string, type: "string", 200 /backups/*/size: 10737418240`,
      ],
      [
        backup(2, (backup) => ({ ...backup, createdAt: null })),
        `${schema}: properties > createdAt > type: string, type: "string", 200 /backups/*/createdAt: null`,
      ],
      [
        backup(3, (backup) => ({ ...backup, startedAt: "yesterday" })),
        `${schema}: properties > startedAt > format: date-time, format: "date-time", 200 /backups/*/startedAt: "yesterday"`,
      ],
      // One that is not even a string, and one that is new.
      [backup(4, (backup) => ({ ...backup, status: 5 })), `${known}, 200 /backups/*/status: 5`],
      [backup(5, (backup) => ({ ...backup, status: "PAUSED" })), `${known}, 200 /backups/*/status: "PAUSED"`],
      [
        backup(6, (backup) => ({ ...backup, "a/b": "x" })),
        `${schema}: type: object, no such field, 200 /backups/*/a~1b: string`,
      ],
      [
        backup(6, (backup) => ({ ...backup, b: { c: 1 } })),
        `${schema}: type: object, no such field, 200 /backups/*/b: object`,
      ],
      [
        status(200, { headers: { "content-type": "application/json", "x-request-id": "1" } }),
        `${operation} > "200", no such header, 200 header x-request-id: string`,
      ],
      [
        status(401, { body: '{"code":' }),
        `${responses}/Unauthorized.yaml: content > application/json, Response body is not valid JSON for JSON content-type, 401 : "{\\"code\\":"`,
      ],
      [
        status(404, { headers: { "content-type": "text/plain" }, body: "no such page" }),
        `${responses}/NotFound.yaml: content, media types: application/json, 404 header content-type: text/plain`,
      ],
      [
        status(400, { headers: {}, body: "" }),
        `${responses}/BadRequest.yaml: content, media types: application/json, 400 header content-type: nothing`,
      ],
    ],
  ],
  [
    "statuses and pages",
    [
      [
        pageSize((size, search) => size ?? search.set("pageSize", "50")),
        `${parameter}: schema > default: 100, default: 100, 200 /backups: 50 items, but 100 when asked for 100`,
      ],
      [status(401, { status: 418 }), `${operation}, ${statuses}, 418 : 418`],
      [status(404, { status: 302, headers: { location: "/" } }), `${operation}, ${statuses}, 302 : 302`],
      // A page size above the maximum is clamped, and a made-up page token is ignored.
      [
        pageSize((size, search) => size === "1001" && search.set("pageSize", "1000")),
        `${badRequest}, 400 for a pageSize of 1001, 200 : 200`,
      ],
      [
        {
          request: ({ searchParams }) => {
            if (searchParams.get("pageToken") === "made-up") searchParams.delete("pageToken");
          },
        },
        `${badRequest}, 400 for a made-up pageToken, 200 : 200`,
      ],
    ],
  ],
  [
    "refusals",
    [
      [
        pageSize((size, search) => size && size !== "1001" && search.set("pageSize", `${Number(size) + 1}`)),
        `${parameter}: name: pageSize, at most pageSize items, 200 /backups: 101 items when asked for 100`,
      ],
      [
        {
          request: ({ searchParams }) => {
            const known = tokens.get(searchParams.get("pageToken") ?? "");
            if (known) searchParams.set("pageToken", known);
          },
          ...body((page) => {
            const { nextPageToken, backups } = page;
            if (typeof nextPageToken !== "string" || !backups) return page;
            const long = "x".repeat(101 + tokens.size);
            tokens.set(long, nextPageToken);
            return { ...page, nextPageToken: long };
          }),
        },
        `${page}: properties > nextPageToken > maxLength: 100, maxLength: 100, 200 /nextPageToken: "${"x".repeat(59)}… (103 characters)`,
      ],
      [status(401, { status: 403 }), `${responses}/Unauthorized.yaml: description, 401 without a token, 403 : 403`],
      [
        status(404, { status: 200, body: {} }),
        `${responses}/NotFound.yaml: description, 404 or 403 for an unknown clusterId, 200 : 200`,
      ],
    ],
  ],
];

test.each(sets)(
  "npm run verify reports each lie in %s once, and nothing else, of a server and of its traffic",
  async (_, lies) => {
    const har = path.join(await project(), "traffic.har");
    const server = await lyingServer(together(lies.map(([lie]) => lie)));
    const lineOf = ({ place, rule, status, pointer, value }: Finding) =>
      `${place}, ${rule}, ${status} ${pointer}: ${value}`;
    const { disagreements, missing, stopped } = await report(server.url, { har });
    expect({ missing, stopped }).toEqual({ missing: [], stopped: null });
    expect(disagreements.map(lineOf).sort()).toEqual(lies.map(([, line]) => line).sort());

    // What only shows in the order of requests is not in their traffic.
    const asked = /^(default|\d+ )/;
    const traffic = await report(server.url, { traffic: har });
    const received = traffic.disagreements.filter(({ rule }) => !/^\w+ query parameter/.test(rule));
    expect(received).toEqual(disagreements.filter(({ rule }) => !asked.test(rule)));
  },
);

test("npm run verify compares inside a union, takes parameters of a path, and asks for an item by itself", async () => {
  const root = await project();
  await edit(
    root,
    "openapi/components/schemas/Backup.yaml",
    (text) => `${text}  target:
    description: Where the backup is.
    oneOf:
      - type: object
        required: [bucket]
        properties:
          bucket:
            type: string
            description: A bucket.
      - type: object
        required: [disk]
        properties:
          disk:
            type: string
            description: A disk.
`,
  );
  await edit(root, "openapi/openapi.yaml", (text) =>
    text.replace(
      "\npaths:\n",
      `
paths:
  /managed-mysql/v1/backups/{backupId}:
    parameters:
      - name: backupId
        in: path
        required: true
        description: The id of the backup.
        schema:
          type: string
          maxLength: 100
        example: c9q8m2k4v7x1n5t3b6h0:417
    get:
      operationId: getBackup
      tags:
        - Backup
      summary: Get a backup
      description: Returns one backup.
      responses:
        "200":
          description: The backup.
          content:
            application/json:
              schema:
                $ref: ./components/schemas/Backup.yaml
              example:
                id: c9q8m2k4v7x1n5t3b6h0:417
        "400":
          $ref: ./components/responses/BadRequest.yaml
        "404":
          $ref: ./components/responses/NotFound.yaml
`,
    ),
  );
  const target = [{ bucket: "b" }, { bucket: 5 }, { bucket: "b", more: 1 }, {}];
  const lies = target.map((target, index) => backup(index, (backup) => ({ ...backup, target })));
  const server = await lyingServer(together(lies), { backups: 8, spec: path.join(root, "openapi/openapi.yaml") });
  const har = path.join(root, "traffic.har");
  const asking = { token, endpoint: server.url, ids: { folderId }, root, probes: false };
  const { disagreements, notAsked } = await verify({ ...asking, har });
  expect(disagreements).toMatchObject([
    { pointer: "/backups/*/target", rule: "oneOf", value: "object" },
    { pointer: "/backups/*/target/more", rule: "no such field", value: "number" },
  ]);
  expect(server.requests.map(({ url }) => url)).toContainEqual(expect.stringMatching(/\/backups\/[^?/]+$/));
  expect(notAsked).toEqual(["listBackups"]);
  expect((await verify({ endpoint: server.url, traffic: har, root })).disagreements).toEqual(disagreements);
});

test("npm run verify names in traffic what the description does not have, without its ids", async () => {
  const har = path.join(await project(), "traffic.har");
  const server = await serve((_, response) => respond(response, 200, {}));
  const fetch = recordHar(har);
  const page = `${server.url}/managed-mysql/v1/clusters/${clusterId}`;
  for (const url of [`${page}/hosts`, `${page}/backups?size=1`]) await fetch(new Request(url));
  const { disagreements, requests } = await report(server.url, { traffic: har });
  expect(disagreements).toMatchObject([
    {
      rule: "no such operation",
      value: "GET /managed-mysql/v1/clusters/*/hosts",
      place: "openapi/openapi.yaml: paths",
    },
    { rule: 'Undocumented query parameter in traffic: "size"', operation: "listBackups" },
  ]);
  expect(requests).toBe(2);
});

test("npm run verify counts how often a disagreement came, in all operations", async () => {
  const lie = together([0, 1, 2].map((index) => backup(index, (backup) => ({ ...backup, size: 1 }))));
  const server = await lyingServer(lie, { backups: 3 });
  const { disagreements } = await report(server.url, { ids: { clusterId, folderId }, probes: false });
  // Each listing comes whole, and then in two pages.
  expect(disagreements).toMatchObject([{ operation: "listFolderBackups", pointer: "/backups/*/size", count: 12 }]);
});

test("npm run verify shows no name that is the reader's own", async () => {
  const labels = { "100%": 5 };
  const lie = body((page) =>
    page["clusters"] ? { ...page, clusters: [{ ...Object(Object(page["clusters"])[0]), labels }] } : page,
  );
  const server = await lyingServer(lie);
  const { disagreements } = await report(server.url, { ids: { folderId }, probes: false, maxPages: 1 });
  expect(disagreements).toMatchObject([{ pointer: "/clusters/*/labels/*", value: "5" }]);
});

test("npm run verify notes a described field that never came, which is no disagreement", async () => {
  const server = await lyingServer(
    body((page) => JSON.parse(JSON.stringify(page, (key, value) => (key === "journalSize" ? undefined : value)))),
  );
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
  ["made-up backups", { backups: 250, clusters: 7 }, 20, true],
  ["a single page", { backups: 7 }, 20, false], // too few to have every field
])("npm run verify finds nothing in a mock server with %s", async (_, options, maxPages, hasAllFields) => {
  const mock = await mockWith(options);
  const result = await report(mock.url, { ids: { clusterId, folderId }, maxPages });
  expect(result).toMatchObject({ disagreements: [], stopped: null });
  if (hasAllFields) expect(result.missing).toEqual([]);
  expect(mock.requests.length).toBe(result.requests);
  expect(new Set(mock.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("npm run verify reports what was seen before the server died", async () => {
  const server = await lyingServer({
    response: (passing, { searchParams }) => {
      const { nextPageToken } = Object(passing.body);
      if (searchParams.has("pageToken") && nextPageToken === undefined) return undefined; // the third page
      return { ...passing, body: { ...Object(passing.body), total: 250 } };
    },
  });
  const result = await report(server.url);
  expect(result).toMatchObject({ disagreements: [{ pointer: "/total", count: 2 }], missing: [], requests: 6 });
  expect(result.stopped).toMatch(/^listBackups at http:/);
});

test("npm run verify stops at a server whose bodies break off", async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  });
  const result = await report(server.url);
  expect(result).toMatchObject({ disagreements: [], requests: 4, withoutBody: 4, stopped: expect.any(String) });
});

test("npm run verify repeats a request after a temporary failure, as the client does", async () => {
  const mock = await mockWith({});
  mock.fail({ status: 503 });
  const result = await report(mock.url, { probes: false });
  expect(result).toMatchObject({ disagreements: [], stopped: null, requests: mock.requests.length });
  expect(mock.requests[0]).toMatchObject({ status: 503 });
});

test("npm run verify stops at a failure that the description has", async () => {
  const mock = await mockWith({ backups: 250 });
  mock.fail({ status: 403, at: { page: 2 } });
  const result = await report(mock.url);
  expect(result).toMatchObject({ disagreements: [], requests: 2, stopped: expect.any(String) });
  expect(result.stopped).toMatch(/^listBackups at http:.+: the status 403: .*permission/i);
});

test("npm run verify stops when there is no server", async () => {
  const { url, close } = await refusing();
  const result = await report(url);
  close();
  expect(result).toMatchObject({ disagreements: [], requests: 4, stopped: expect.stringContaining("ECONNREFUSED") });
  expect(result.stopped).not.toContain(clusterId);
});

test.each([
  ["sends one page token again", ["a", "a"], [1, 2], "/nextPageToken", 2],
  ["sends two page tokens in turns", ["a", "b", "a"], [1, 2, 3], "/nextPageToken", 3],
  ["ignores page tokens", ["a", "b", "c", ""], [1, 1, 2, 3], "/backups", 4],
  ["sends new page tokens without an end", ["a", "b", "c", "d", "e"], [1, 2, 3, 4, 5], undefined, 5],
])("npm run verify reports a server that %s, and ends", async (_, tokens, ids, pointer, requests) => {
  const server = await serve((request, response) => {
    const token = new URL(request.url ?? "", "http://host").searchParams.get("pageToken");
    const index = token === null ? 0 : tokens.indexOf(token) + 1;
    respond(response, 200, { backups: [{ id: `${ids[index]}` }], nextPageToken: tokens[index] });
  });
  const result = await report(server.url, { maxPages: 5, probes: false });
  expect(result.stopped).toBe(null);
  expect(result.requests).toBe(requests + 1); // the last one names the default page size
  expect(result.disagreements.map(({ pointer }) => pointer)).toEqual(pointer ? [pointer] : []);
});

test("npm run verify never shows the token, or what looks like one, or the ids of the reader", async () => {
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
  ["an endpoint that a token must not go to", { endpoint: "http://example.com" }, /--endpoint/],
])("npm run verify refuses %s", async (_, options, message) => {
  await expect(report("http://127.0.0.1:1", options)).rejects.toThrow(message);
});
