import { afterAll, beforeAll, expect, test } from "vitest";
import { type Backup, ManagedMysqlError } from "../src/index.js";
import { FaultServer, type Scenario } from "./support/fault-server.js";
import { type Fault, type FaultName, faultNames, faults } from "./support/faults.js";
import fc, { runs } from "./support/random.js";

const server = new FaultServer();
beforeAll(() => server.start());
afterAll(() => server.close());

const attempts = 4; // the default
let listings = 0;

/** Three pages of two backups. */
const pages = [0, 1, 2].map((page) => [1, 2].map((item): Backup => ({ id: `${2 * page + item}` })));

interface Outcome {
  readonly got: Backup[];
  readonly error: ManagedMysqlError | undefined;
}

async function run(
  open: ReturnType<FaultServer["open"]>,
  params: { prefetch?: boolean; pageToken?: string | undefined },
): Promise<Outcome> {
  const got: Backup[] = [];
  try {
    for await (const backup of open.list(params)) got.push(backup);
    return { got, error: undefined };
  } catch (error) {
    if (!(error instanceof ManagedMysqlError)) throw error;
    return { got, error };
  }
}

/** Where these faults, met one after the other, must end a listing; nowhere when every page arrives. */
function rightEnd({ pages, schedule, always }: Scenario): { page: number; error: string | undefined } | undefined {
  for (let page = 0; page < pages.length; page++) {
    const met = schedule[page] ?? [];
    const all = always && met.length > 0 ? [...met, ...Array<FaultName>(attempts + 1).fill(met.at(-1) ?? "html")] : met;
    let failures = 0;
    let refreshed = false;
    for (const name of all) {
      const { right, error }: Fault = faults[name];
      if (right === "accept") break;
      if (right === "refresh" && !refreshed) refreshed = true;
      else if (right === "retry" && ++failures < attempts) continue;
      else return { page, error };
    }
  }
  return undefined;
}

/** The outcome of each fault on the second page, met once and for ever: two cells of the table. */
const outcomes = new Map<FaultName, Promise<string[]>>();

function outcomesOf(name: FaultName): Promise<string[]> {
  const found = outcomes.get(name) ?? meet(name);
  outcomes.set(name, found);
  return found;
}

async function meet(name: FaultName): Promise<string[]> {
  const cells = [];
  for (const always of [false, true]) {
    const scenario: Scenario = { pages, schedule: [[], [name]], always };
    const open = server.open(`table-${name}-${always}`, scenario);
    const before = server.requests;
    const { got, error } = await run(open, {});
    const end = rightEnd(scenario);
    expect(error?.name).toBe(end?.error);
    expect(got).toEqual(pages.slice(0, end?.page).flat());
    if (error) expect(error.pageToken).toBe("p1");
    else expect(open.served).toEqual([1, 1, 1]);
    // The first page takes one request, and the third page one when the listing comes so far.
    const tries = server.requests - before - (error ? 1 : 2);
    const count = `${tries} ${tries === 1 ? "request" : "requests"}`;
    cells.push(error ? `${error.name} after ${count}` : tries > 1 ? `page after ${count}` : "page");
  }
  return cells;
}

test.each(faultNames)("a listing meets the fault %s", async (name) => {
  await outcomesOf(name);
  expect(server.leaks).toBe(0);
});

test("each fault has the outcome that test/faults.md shows", async () => {
  const rows: string[] = [];
  for (const name of faultNames) {
    rows.push(`| ${name} | ${faults[name].does} | ${(await outcomesOf(name)).join(" | ")} |`);
  }
  const head = "| fault | the server … | once | for ever |\n|---|---|---|---|\n";
  const text = `# Faults

Written by \`npx vitest run test/faults.test.ts -u\`, and compared by the tests: how the client, with its defaults and a
token function, gets on after each fault in the middle of a listing. "Once" is followed by the page.

${head}${rows.join("\n")}
`;
  await expect(text).toMatchFileSnapshot("faults.md");
});

test("a listing that meets any faults gives every item once or says where to resume, and resuming completes it", async () => {
  const retried = faultNames.filter((name) => faults[name].right === "retry");
  const gentle = fc.array(fc.constantFrom(...retried), { maxLength: attempts - 1 });
  const harsh = fc.array(fc.constantFrom(...faultNames), { maxLength: 6 });
  // Most pages are sent at once, or few listings would come to their second page.
  const page = fc.record({
    size: fc.nat({ max: 3 }),
    faults: fc.oneof(
      { arbitrary: fc.constant<FaultName[]>([]), weight: 3 },
      { arbitrary: gentle, weight: 2 },
      { arbitrary: harsh, weight: 1 },
    ),
  });
  const listing = fc.record({
    pages: fc.array(page, { minLength: 1, maxLength: 8 }),
    prefetch: fc.boolean(),
    always: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, { arbitrary: fc.constant(true), weight: 1 }),
  });
  const batches = runs(260);
  let count = 0;

  const check = async (arbitrary: {
    pages: { size: number; faults: FaultName[] }[];
    prefetch: boolean;
    always: boolean;
  }): Promise<void> => {
    let item = 0;
    const scenario: Scenario = {
      pages: arbitrary.pages.map(({ size }) => Array.from({ length: size }, () => ({ id: `${item++}` }))),
      schedule: arbitrary.pages.map(({ faults }) => faults),
      always: arbitrary.always,
    };
    const { prefetch } = arbitrary;
    const open = server.open(`random-${listings++}`, scenario);
    const { got, error } = await run(open, { prefetch });
    const end = rightEnd(scenario);
    expect(error?.name).toBe(end?.error);
    expect(got).toEqual(scenario.pages.slice(0, end?.page).flat());
    if (error) {
      expect(error.pageToken).toBe(end?.page ? `p${end.page}` : undefined);
      open.repair();
      const rest = await run(open, { prefetch, pageToken: error.pageToken });
      expect(rest.error).toBeUndefined();
      expect([...got, ...rest.got]).toEqual(scenario.pages.flat());
    }
    expect(open.served).toEqual(scenario.pages.map(() => 1));
    open.close();
    count += 1;
  };

  await fc.assert(
    fc.asyncProperty(fc.array(listing, { minLength: 20, maxLength: 20 }), async (batch) => {
      await Promise.all(batch.map(check));
    }),
    { ...batches, endOnFailure: true },
  );
  expect(count).toBeGreaterThanOrEqual(20 * batches.numRuns);
  expect(server.leaks).toBe(0);
}, 300_000);
