import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createClient, listBackups } from "../src/index.js";
import { type MockServer, startMockServer } from "../src/mock.js";
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

test("a fault of a described status is the example of the description, once", async () => {
  for (const { status, body } of exampleResponses.filter(({ status }) => status >= 400)) {
    mock.fail({ status });
    expect(await ask()).toEqual({ status, retryAfter: null, text: JSON.stringify(body) });
    expect((await ask()).status).toBe(200);
  }
});

test("a fault of a status that is not described has no body, like a gateway's response", async () => {
  mock.fail({ status: 502 });
  expect(await ask()).toEqual({ status: 502, retryAfter: null, text: "" });
});

test("a fault with a gRPC code has the status of the code, or the given status with the code", async () => {
  mock.fail({ code: 7 });
  expect(await ask()).toMatchObject({ status: 403, text: expect.stringContaining('"code":7') });
  mock.fail({ status: 400, code: 9 });
  expect(await ask()).toMatchObject({ status: 400, text: expect.stringContaining('"code":9') });
  mock.fail({ status: 502, code: 14 });
  expect(await ask()).toMatchObject({ status: 502, text: '{"code":14}' });
});

test("faults are sent in the order in which they were added, each as often as its `times`", async () => {
  mock.fail({ status: 503, times: 2, retryAfter: 1 });
  mock.fail({ status: 429 });
  const got = [await ask(), await ask(), await ask(), await ask()];
  expect(got.map(({ status }) => status)).toEqual([503, 503, 429, 200]);
  expect(got.map(({ retryAfter }) => retryAfter)).toEqual(["1", "1", null, null]);
  expect(mock.requests.map(({ status }) => status)).toEqual([503, 503, 429, 200]);
});

test("a fault is sent before the request is validated, and before a preference is followed", async () => {
  mock.fail({ status: 503, times: 3 });
  const got = [await ask("", {}), await ask("?pageSize=abc"), await ask("", { ...headers, prefer: "code=403" })];
  expect(got.map(({ status }) => status)).toEqual([503, 503, 503]);
});

test.each([{ backups: 6 }, {}])("a fault at a page does not affect the other pages, with %o", async (options) => {
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

test.each<[object, string]>([
  [{}, "A fault must have a status or a code"],
  [{ status: 200 }, "status must be a whole number from 400 to 599, but is 200"],
  [{ status: 503, times: 0 }, "times must be a whole number from 1 to 9007199254740991, but is 0"],
  [{ status: 503, retryAfter: 0.5 }, "retryAfter must be a whole number from 0 to 9007199254740991, but is 0.5"],
  [{ status: 503, at: { page: 0 } }, "at.page must be a whole number from 1 to 9007199254740991, but is 0"],
  [{ code: 99 }, "no example with the code 99, so the fault must have a status"],
  [{ status: 503, time: 3 }, "time is not an option; did you mean times?"],
  [{ status: 503, at: { pages: 3 } }, "at.pages is not an option; did you mean at.page?"],
  [{ status: 503, whenever: 3 }, "there are status, code, times, retryAfter, at"],
])("the fault %o is refused", (fault, message) => {
  expect(() => mock.fail(fault)).toThrow(message);
});

test("a client waits for the retryAfter of a fault in the middle of a listing, and lists to the end", async () => {
  mock.fail({ status: 503, retryAfter: 2, at: { page: 2 } });
  const clock = new TestClock();
  const client = createClient(clock.options({ baseUrl: mock.url, token: "any" }));
  expect(await listBackups(client, { clusterId, pageSize: 2 }).toArray()).toHaveLength(6);
  expect(clock.waits).toEqual([2000]);
});
