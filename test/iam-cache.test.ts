import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cacheToken } from "../src/iam/token-cache.js";
import { fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, serveIam } from "./support/iam-server.js";
import fc from "./support/random.js";
import { type Handler, respond, serve } from "./support/server.js";

const key = createKey();
const minute = 60_000;
const hour = 60 * minute;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const pass = (time: number): void => void vi.setSystemTime(Date.now() + time);

test("a token is renewed when a tenth of its lifetime is left", async () => {
  const iam = await serveIam([key]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  const first = await token();
  pass(10.7 * hour);
  expect(await token()).toBe(first);
  pass(0.2 * hour);
  expect(await token()).not.toBe(first);
  expect(iam.requests).toHaveLength(2);
});

test.each([-2, 2])("a token is not used after it has expired, on a clock that is %i minutes off", async (minutes) => {
  const now = () => Date.now() + minutes * minute;
  const iam = await serveIam([key], { now, lifetime: 10 * minute });
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  for (let time = 0; time < hour; time += minute / 4) {
    expect(iam.expiries.get(await token())).toBeGreaterThan(now());
    pass(minute / 4);
  }
  expect(iam.requests.length).toBeLessThan(10);
});

test("a token is renewed when the clock has been set back", async () => {
  const iam = await serveIam([key]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  await token();
  pass(-hour);
  await token();
  expect(iam.requests).toHaveLength(2);
});

test("a token is requested once for a hundred callers", async () => {
  const iam = await serveIam([key]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  for (const forceRefresh of [false, true]) {
    const tokens = await Promise.all(Array.from({ length: 100 }, () => token({ forceRefresh })));
    expect(new Set(tokens).size).toBe(1);
  }
  expect(iam.requests).toHaveLength(2);
});

test("a failed exchange rejects all waiting callers; the next one succeeds", async () => {
  const iam = await serveIam([]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  const failures = await Promise.allSettled([token(), token()]);
  expect(failures).toMatchObject([{ reason: { status: 401 } }, { reason: { status: 401 } }]);
  iam.keys = [key];
  expect(await token()).toBe("marked-0123456789-1");
  expect(iam.requests).toHaveLength(2);
});

/** A token of twelve hours, of which the last is left, and a service that fails like this. */
const setUp = async (fault: Handler) => {
  let isBroken = false;
  const server = await serve((request, response, index) => {
    request.resume();
    response.setHeader("date", new Date().toUTCString());
    if (isBroken) fault(request, response, index);
    else respond(response, 200, { iamToken: `t${index}`, expiresAt: new Date(Date.now() + 12 * hour).toISOString() });
  });
  const token = fromServiceAccountKey(key, { endpoint: server.url });
  await token();
  isBroken = true;
  pass(11 * hour);
  const repair = () => {
    isBroken = false;
  };
  return { token, server, repair };
};
const refuse: Handler = (_request, response) => respond(response, 401, { code: 16 });

test.each<[string, Handler]>([
  ["down", (_request, response) => respond(response, 503, { code: 14 }, { "retry-after": "0" })],
  ["unreachable", (request) => request.socket.resetAndDestroy()],
  ["of another kind", (_request, response) => respond(response, 200, "<html>Sign in</html>")],
  ["about to refuse the key", refuse],
])("a token that cannot be renewed is used until it expires when the service is %s", async (_, fault) => {
  const { token } = await setUp(fault);
  for (const minutes of [0, 30, 29]) {
    pass(minutes * minute);
    expect(await token()).toBe("t0");
  }
  pass(minute);
  await expect(token()).rejects.toMatchObject({ name: expect.stringMatching(/Error$/) });
});

test("a token that cannot be renewed is requested once a minute, until the service responds again", async () => {
  const { token, server, repair } = await setUp(refuse);
  for (const _ of [1, 2, 3]) {
    await Promise.all([token(), token(), token()]);
    pass(minute / 3);
  }
  expect(server.requests).toHaveLength(2);
  repair();
  expect(await token()).toBe("t2");
});

test("a token that is being renewed is returned at once to all other callers", async () => {
  const { token, server } = await setUp(() => {});
  const first = new AbortController();
  const tries = token({ signal: first.signal });
  expect(await Promise.all([token(), token()])).toEqual(["t0", "t0"]);
  await expect.poll(() => server.requests.length).toBe(2);
  first.abort("left");
  await expect(tries).rejects.toBe("left");
});

test("a token that cannot be renewed is returned after five seconds when the service is silent", async () => {
  const { token, server } = await setUp(() => {});
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: Date.now() });
  const given = token();
  await expect.poll(() => server.requests.length).toBe(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await given).toBe("t0");
});

test("a token that cannot be renewed after it was refused is kept for other calls", async () => {
  const { token, repair } = await setUp(refuse);
  await expect(token({ forceRefresh: true, refusedToken: "t0" })).rejects.toMatchObject({ status: 401 });
  expect(await token()).toBe("t0");
  repair();
  expect(await token({ forceRefresh: true, refusedToken: "t0" })).toBe("t2");
});

test("a token that is refused in many clients is renewed once, also when their 401s come one after another", async () => {
  const iam = await serveIam([key]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  const revoked = await token();
  const server = await serve(async (request, response, index) => {
    if (request.headers.authorization !== `Bearer ${revoked}`) return respond(response, 200, { backups: [] });
    await expect.poll(() => (index === 0 ? server.requests.length : iam.requests.length)).toBeGreaterThan(1);
    respond(response, 401, { code: 16, message: "revoked" });
  });
  const list = () => listBackups(createClient({ baseUrl: server.url, token }), { clusterId }).toArray();
  await Promise.all([list(), list(), list()]);
  expect(iam.requests).toHaveLength(2);
});

const serveSecond = async () => {
  let closed = 0;
  const server = await serve((request, response, index) => {
    response.on("close", () => {
      if (!response.writableEnded) closed += 1;
    });
    request.resume();
    if (index > 0) respond(response, 200, { iamToken: "second", expiresAt: "2999-01-01T00:00:00Z" });
  });
  return { server, token: fromServiceAccountKey(key, { endpoint: server.url }), closed: () => closed };
};

test("an exchange is aborted when all its callers have aborted, and the next caller starts another", async () => {
  const { server, token, closed } = await serveSecond();
  const [one, two] = [new AbortController(), new AbortController()];
  const calls = [token({ signal: one.signal }), token({ signal: two.signal })];
  const settled = Promise.allSettled(calls);
  await expect.poll(() => server.requests.length).toBe(1);
  one.abort("one");
  await expect(calls[0]).rejects.toBe("one");
  await new Promise(setImmediate);
  expect(closed()).toBe(0);
  two.abort("two");
  await expect(calls[1]).rejects.toBe("two");
  await expect.poll(closed).toBe(1);
  await settled;
  expect(await token()).toBe("second");
});

test("an exchange is not started for a signal that has aborted already", async () => {
  const { server, token } = await serveSecond();
  await expect(token({ signal: AbortSignal.abort("late") })).rejects.toBe("late");
  expect(server.requests).toHaveLength(0);
});

test("a cache returns only tokens that are valid, and requests one at a time, whatever happens", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("pass" as const), time: fc.integer({ min: 0, max: 1500 }) }),
    fc.record({
      kind: fc.constant("call" as const),
      forceRefresh: fc.boolean(),
      refusedToken: fc.constantFrom(undefined, "token-0", "token-1", "token-2"),
      abort: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("settle" as const), fails: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const born = new Map<string, number>();
      const open: { started: number; signal: AbortSignal; settle: (fails: boolean) => void }[] = [];
      const token = cacheToken((signal) => {
        const started = Date.now();
        return new Promise((resolve, reject) => {
          const name = `token-${born.size}`;
          born.set(name, started);
          const settle = (fails: boolean) =>
            fails ? reject(new Error("no")) : resolve({ token: name, lifetime: 1000 });
          open.push({ started, signal, settle });
        });
      });
      const calls: Promise<unknown>[] = [];
      const live = () => open.filter(({ signal }) => !signal.aborted);
      for (const one of steps) {
        if (one.kind === "pass") pass(one.time);
        else if (one.kind === "settle") open.splice(0).forEach(({ settle }) => void settle(one.fails));
        else {
          const controller = new AbortController();
          const before = Date.now();
          const requested = open.length;
          const { forceRefresh, refusedToken } = one;
          const call = token({ forceRefresh, refusedToken, signal: controller.signal });
          if (open.length === requested && live().length === 0) {
            const given = await call;
            if (forceRefresh) expect([undefined, given]).not.toContain(refusedToken);
            expect(before - (born.get(given) ?? 0)).toBeLessThan(1000);
          }
          calls.push(call.catch(() => {}));
          if (one.abort) controller.abort();
        }
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
        expect(live().length).toBeLessThanOrEqual(1);
      }
      open.forEach(({ settle }) => void settle(false));
      await Promise.all(calls);
    }),
  );
});
