import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createClient, listBackups, ManagedMysqlError } from "../src/index.js";
import { type MockFault, type MockServer, startMockServer } from "../src/mock.js";
import { TestClock } from "./support/clock.js";
import { clusterId, exampleResponses } from "./support/description.js";
import { headers, route } from "./support/mock.js";

let mock: MockServer;
beforeEach(async () => {
  mock = await startMockServer({ backups: 6 });
  onTestFinished(() => mock.close());
});

async function ask(query = "", more: Record<string, string> = headers) {
  const response = await fetch(`${mock.url}${route}${query}`, { headers: more });
  return { status: response.status, retryAfter: response.headers.get("retry-after"), text: await response.text() };
}

/** Lists three pages with the client's defaults, on a clock that does not wait. */
async function list() {
  const clock = new TestClock();
  const client = createClient(clock.options({ baseUrl: mock.url, token: async () => "any" }));
  const listing = listBackups(client, { clusterId, pageSize: 2 });
  const outcome = await listing.toArray().catch((error: unknown) => {
    if (!(error instanceof ManagedMysqlError)) throw error;
    return error;
  });
  return { outcome, waits: clock.waits };
}

describe("a fault of the mock server", () => {
  test.each<[object, string]>([
    [{ status: 503, time: 3 }, "time is not an option; did you mean times?"],
    [{ status: 503, retry_after: 3 }, "did you mean retryAfter?"],
    [{ status: 503, at: { pages: 3 } }, "at.pages is not an option; did you mean at.page?"],
    [{ status: 503, whenever: 3 }, "there are status, code, times, retryAfter, at"],
  ])("has no option like %j", (fault, message) => {
    expect(() => mock.fail(fault)).toThrow(message);
  });

  test.each(exampleResponses.filter(({ status }) => status >= 400))(
    "a fault of status $status is the description's example $name",
    async ({ status, body }) => {
      mock.fail({ status });
      expect(await ask()).toEqual({ status, retryAfter: null, text: JSON.stringify(body) });
      expect((await ask()).status).toBe(200);
    },
  );

  test("a fault of a status that the description does not have comes without a body, as from a gateway", async () => {
    mock.fail({ status: 502 });
    expect(await ask()).toEqual({ status: 502, retryAfter: null, text: "" });
  });

  test("a fault takes its status from a gRPC code, or has another code than the example", async () => {
    mock.fail({ code: 7 });
    expect(await ask()).toMatchObject({ status: 403, text: expect.stringContaining('"code":7') });
    mock.fail({ status: 400, code: 9 });
    expect(await ask()).toMatchObject({ status: 400, text: expect.stringContaining('"code":9') });
    mock.fail({ status: 502, code: 14 });
    expect(await ask()).toMatchObject({ status: 502, text: '{"code":14}' });
  });

  test("each fault comes as often as its `times`, in the order in which they were added", async () => {
    mock.fail({ status: 503, times: 2, retryAfter: 1 });
    mock.fail({ status: 429 });
    const got = [await ask(), await ask(), await ask(), await ask()];
    expect(got.map(({ status }) => status)).toEqual([503, 503, 429, 200]);
    expect(got.map(({ retryAfter }) => retryAfter)).toEqual(["1", "1", null, null]);
    expect(mock.requests.map(({ status }) => status)).toEqual([503, 503, 429, 200]);
  });

  test("a fault comes before the validation of the request, and before a preference", async () => {
    mock.fail({ status: 503, times: 3 });
    const got = [await ask("", {}), await ask("?pageSize=abc"), await ask("", { ...headers, prefer: "code=403" })];
    expect(got.map(({ status }) => status)).toEqual([503, 503, 503]);
  });

  test.each([{ backups: 6 }, {}])("a fault at a page leaves the other pages alone, with %o", async (options) => {
    await using mock = await startMockServer(options);
    mock.fail({ status: 403, at: { page: 3 } });
    const statuses: number[] = [];
    for (let token = "", count = 0; count < 4; count++) {
      const response = await fetch(`${mock.url}${route}?pageSize=2&pageToken=${token}`, { headers });
      statuses.push(response.status);
      if (response.ok) token = (await response.json()).nextPageToken ?? "";
    }
    expect(statuses).toEqual([200, 200, 403, 200]);
  });

  test.each<[MockFault, string]>([
    [{}, "A fault must have a status or a code"],
    [{ status: 200 }, "status must be a whole number from 400 to 599, but is 200"],
    [{ status: 503, times: 0 }, "times must be a whole number from 1 to 9007199254740991, but is 0"],
    [{ status: 503, retryAfter: 0.5 }, "retryAfter must be a whole number from 0 to 9007199254740991, but is 0.5"],
    [{ status: 503, at: { page: 0 } }, "at.page must be a whole number from 1 to 9007199254740991, but is 0"],
    [{ code: 99 }, "no example with the code 99, so the fault must have a status"],
  ])("the fault %o is refused", (fault, message) => {
    expect(() => mock.fail(fault)).toThrow(message);
  });
});

describe("the table test/faults.md", async () => {
  const rows = [
    ...(await readFile("test/faults.md", "utf8")).matchAll(
      /^\| \w+ \| (responds with ([45]\d\d)(.*?)) \| (.*) \| (.*) \|$/gm,
    ),
  ];
  // What the mock can do of it, in how the table says it.
  const can: Readonly<Record<string, number | undefined>> = {
    "": undefined,
    " and HTML": undefined,
    " and an empty body": undefined,
    " and a Retry-After of 2 seconds": 2,
    " and a Retry-After of a day": 86_400,
  };
  const cases = rows.flatMap(([, does = "", status, how = "", once, always]) => {
    return how in can ? { does, fault: { status: Number(status), retryAfter: can[how] }, once, always } : [];
  });

  test.each(cases)("the mock server has the fault of a server that $does", async ({ fault, once, always }) => {
    for (const [times, cell] of [
      [1, once],
      [Number.POSITIVE_INFINITY, always],
    ] as const) {
      await using fresh = await startMockServer({ backups: 6 });
      mock = fresh;
      mock.fail({ ...fault, times, at: { page: 2 } });
      const { outcome, waits } = await list();
      const second = mock.requests.find(({ pageToken }) => pageToken !== undefined)?.pageToken;
      const tries = mock.requests.filter(({ pageToken }) => pageToken === second).length;
      const requests = `after ${tries} ${tries === 1 ? "request" : "requests"}`;
      const end = Array.isArray(outcome) ? "page" : outcome.name;
      expect(`${end} ${requests}`).toBe(cell);
      if (fault.retryAfter === 2) expect(new Set(waits)).toEqual(new Set([2000]));
      if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ status: fault.status, pageToken: second });
      else expect(outcome).toHaveLength(6);
    }
  });

  test("every fault of the table that the mock server has was tried", () => {
    expect(cases.length).toBeGreaterThanOrEqual(15);
  });
});
