import { expect, test, vi } from "vitest";
import type { TokenRequest } from "../src/index.js";
import { deferred, reasonOf } from "./support/promises.js";
import { type Handler, pages, respond } from "./support/server.js";
import { busy, inTurn, page, setUp, unauthorized } from "./support/set-up.js";

/** Responds with 401 to this token, and with pages to others. */
const refusing = (bad: string, ...bodies: unknown[]): Handler => {
  const serve = pages(...bodies);
  let served = 0;
  return (request, response) =>
    request.headers.authorization === `Bearer ${bad}`
      ? unauthorized(request, response, 0)
      : serve(request, response, served++);
};

test("a token that expires in the middle of a listing is renewed once, and the listing goes on", async () => {
  const asked: boolean[] = [];
  let current = "t1";
  const token = async ({ forceRefresh }: TokenRequest) => {
    asked.push(forceRefresh);
    if (forceRefresh) current = "t2";
    return current;
  };
  const { server, list } = await setUp(
    (request, response, index) => {
      if (index >= 2 && request.headers.authorization === "Bearer t1") respond(response, 401, { code: 16 });
      else respond(response, 200, { backups: [{ id: `${index}` }], ...(index < 3 && { nextPageToken: `p${index}` }) });
    },
    { token },
  );
  expect(await list().toArray()).toEqual([{ id: "0" }, { id: "1" }, { id: "3" }]);
  expect(asked).toEqual([false, false, false, true]);
  expect(server.requests.map(({ headers }) => headers.authorization?.slice(-2))).toEqual(["t1", "t1", "t1", "t2"]);
});

test("a token that is a string is not renewed: the listing rejects with the 401 and the page token to resume at", async () => {
  const { list, server } = await setUp(inTurn(page({ nextPageToken: "a" }), unauthorized));
  const failed = { name: "ApiError", status: 401, grpcCode: 16, pageToken: "a" };
  await expect(list().toArray()).rejects.toMatchObject(failed);
  expect(server.requests).toHaveLength(2);
});

test("a 401 after a renewal ends the listing", async () => {
  const { list, server } = await setUp(refusing("t"), { token: () => "t" });
  await expect(list().toArray()).rejects.toMatchObject({ name: "ApiError", status: 401, attempts: 2 });
  expect(server.requests).toHaveLength(2);
});

test("a token that expires under many listings at once is renewed once", async () => {
  let renewals = 0;
  let current = "old";
  const token = async ({ forceRefresh }: TokenRequest) => {
    if (!forceRefresh) return current;
    renewals += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    current = "new";
    return current;
  };
  const handler: Handler = (request, response, index) => {
    const refused = request.headers.authorization === "Bearer old";
    // Some 401s come late: after the renewal that another one has caused.
    setTimeout(() => respond(response, refused ? 401 : 200, refused ? { code: 16 } : {}), index % 3 === 0 ? 60 : 0);
  };
  const { list } = await setUp(handler, { token });
  await Promise.all(Array.from({ length: 12 }, () => list().toArray()));
  expect(renewals).toBe(1);
});

test("a token is renewed again when it expires again, and after a renewal that failed", async () => {
  let current = 0;
  let failing = false;
  const token = ({ forceRefresh }: TokenRequest) => {
    if (forceRefresh && failing) throw new Error("the key was revoked");
    if (forceRefresh) current += 1;
    return `token-${current}`;
  };
  let good = "token-1";
  const { list } = await setUp(
    (request, response) => {
      const ok = request.headers.authorization === `Bearer ${good}`;
      respond(response, ok ? 200 : 401, ok ? {} : { code: 16 });
    },
    { token },
  );
  await list().toArray();
  good = "token-2";
  await list().toArray();
  good = "token-3";
  failing = true;
  await expect(list().toArray()).rejects.toMatchObject({
    name: "TokenError",
    message: expect.stringContaining("the key was revoked"),
  });
  failing = false;
  await list().toArray();
  expect(current).toBe(3);
});

test("a renewal goes on for the others when the listing that asked first is aborted", async () => {
  const controller = new AbortController();
  const { promise: renewal, resolve } = deferred<string>();
  const token = ({ forceRefresh }: TokenRequest) => (forceRefresh ? renewal : "old");
  const { list, server } = await setUp(refusing("old", {}, {}), { token });
  const first = reasonOf(list({ signal: controller.signal }).toArray());
  await expect.poll(() => server.requests.length).toBe(1);
  const second = list().toArray();
  await expect.poll(() => server.requests.length).toBe(2);
  controller.abort("enough");
  expect(await first).toBe("enough");
  resolve("new");
  expect(await second).toEqual([]);
});

test("a renewal that never ends fails after the timeout, and the next call renews again", async () => {
  const signals: AbortSignal[] = [];
  const token = ({ forceRefresh, signal }: TokenRequest) => {
    if (!forceRefresh) return "old";
    return signals.push(signal) === 1 ? new Promise<never>(() => {}) : "new";
  };
  const { list, clock } = await setUp(refusing("old", {}), { token, retry: false });
  const failed = expect(list().toArray()).rejects.toThrow("timed out");
  await expect.poll(() => signals.length).toBe(1);
  clock.expire();
  await failed;
  expect(signals[0]?.aborted).toBe(true);
  expect(await list().toArray()).toEqual([]);
  expect(signals).toHaveLength(2);
});

test("a 401 that comes after the renewal of another call is retried with that token, even if the function caches nothing", async () => {
  const asked: boolean[] = [];
  const token = ({ forceRefresh }: TokenRequest) => {
    asked.push(forceRefresh);
    return forceRefresh ? "new" : "old";
  };
  let late: (() => void) | undefined;
  const { list } = await setUp(
    (request, response, index) => {
      if (request.headers.authorization === "Bearer new") respond(response, 200, {});
      else if (index === 0) late = () => void respond(response, 401, { code: 16 });
      else respond(response, 401, { code: 16 });
    },
    { token },
  );
  const first = list().toArray();
  await expect.poll(() => late).toBeDefined();
  await list().toArray();
  late?.();
  expect(await first).toEqual([]);
  expect(asked).toEqual([false, false, true]);
});

test.each([
  ["fails", (): Promise<string> => Promise.reject(new Error("the key was revoked")), "TokenError"],
  ["gives an invalid token", async (): Promise<string> => JSON.parse("null"), "InvalidArgumentError"],
] as const)(
  "a renewal that %s ends each listing that waits for it with an error of its own",
  async (_, settle, name) => {
    const { promise: both, resolve: release } = deferred<void>();
    const token = ({ forceRefresh }: TokenRequest) => (forceRefresh ? both.then(settle) : "old");
    const { list, server } = await setUp(unauthorized, { token });
    const failures = ["a", "b"].map((pageToken) => reasonOf(list({ pageToken }).toArray()));
    await expect.poll(() => server.requests.length).toBe(2);
    setTimeout(release, 20); // by then both wait; if not, the second asks for itself
    expect(await Promise.all(failures)).toMatchObject([
      { name, pageToken: "a" },
      { name, pageToken: "b" },
    ]);
    expect(await reasonOf(list({ pageToken: "c" }).toArray())).toMatchObject({ name, pageToken: "c" });
  },
);

test("a shared renewal that fails with the refused token of one call shows it in none of them", async () => {
  const given = ["refused-token-1", "refused-token-2"];
  const { promise: bothWait, resolve: release } = deferred<void>();
  const token = async ({ forceRefresh, refusedToken }: TokenRequest) => {
    if (!forceRefresh) return given.shift() ?? "";
    await bothWait;
    throw new Error(`cannot renew ${refusedToken}`);
  };
  const onResponse = vi.fn();
  const { list } = await setUp(unauthorized, { token, onResponse });
  const failures = [1, 2].map(() => reasonOf(list().toArray()));
  await expect.poll(() => onResponse.mock.calls.length).toBe(2);
  await new Promise(setImmediate); // from a 401 to the renewal, everything is a matter of promises
  release();
  for (const failure of await Promise.all(failures)) {
    expect(failure).toMatchObject({ name: "TokenError", message: expect.stringContaining("cannot renew [redacted]") });
  }
});

/** A token function whose renewals never end, and their signals. */
const neverRenewed = () => {
  const signals: AbortSignal[] = [];
  const token = ({ forceRefresh, signal }: TokenRequest) => {
    if (!forceRefresh) return "old";
    signals.push(signal);
    return new Promise<never>(() => {});
  };
  return { signals, token };
};

test("a renewal that is too slow ends all calls that wait for it alike", async () => {
  const { signals, token } = neverRenewed();
  const onResponse = vi.fn();
  const { list, clock } = await setUp(refusing("old"), { token, onResponse, retry: false });
  const calls = Array.from({ length: 5 }, () => list().toArray());
  const settled = Promise.allSettled(calls);
  await expect.poll(() => onResponse.mock.calls.length).toBe(5);
  await new Promise(setImmediate); // from a 401 to the renewal, everything is a matter of promises
  clock.expire();
  const failed = { status: "rejected", reason: expect.objectContaining({ name: "ConnectionError", attempts: 2 }) };
  expect(await settled).toEqual(calls.map(() => failed));
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test("a renewal is aborted when all calls that wait for it have ended", async () => {
  const { signals, token } = neverRenewed();
  const onResponse = vi.fn();
  const { list } = await setUp(refusing("old"), { token, onResponse });
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal }) => reasonOf(list({ signal }).toArray()));
  await expect.poll(() => onResponse.mock.calls.length).toBe(2);
  await new Promise(setImmediate); // from a 401 to the renewal, everything is a matter of promises
  controllers[0]?.abort("left");
  expect(await calls[0]).toBe("left");
  expect(signals[0]?.aborted).toBe(false);
  controllers[1]?.abort("left");
  expect(await calls[1]).toBe("left");
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test("a token function is called before each attempt, after a renewal too", async () => {
  const asked: boolean[] = [];
  const token = ({ forceRefresh }: TokenRequest) => {
    asked.push(forceRefresh);
    return asked.includes(true) ? "new" : "old";
  };
  const { list } = await setUp(inTurn(unauthorized, busy, page({})), { token });
  await list().toArray();
  expect(asked).toEqual([false, true, false]);
});

test("a token function sends its own requests as the client does", async () => {
  const seen: (readonly [string, unknown])[] = [];
  const fetch = async (request: Request, init?: RequestInit) => {
    seen.push([new URL(request.url).hostname, init && "dispatcher" in init]);
    return Response.json({});
  };
  const token = async ({ fetch }: TokenRequest) => {
    await fetch(new Request("https://iam.test/token"));
    return "t";
  };
  const { list } = await setUp(page({}), { token, fetch, requestInitExt: { dispatcher: {} } });
  await list().toArray();
  expect(seen).toEqual([
    ["iam.test", true],
    ["127.0.0.1", true],
  ]);
});
