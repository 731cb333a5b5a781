// What a description can say is honoured by types, wire, checks, mock server, docs and diff alike: a row each. What is
// refused instead is a line in description.test.ts.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import bundled from "../generated/openapi.json" with { type: "json" };
import { operationsOf } from "../scripts/description/operations.js";
import { type Change, compare, type Impact } from "../scripts/diff/compare.js";
import { samplesOf } from "../scripts/docs/code-samples.js";
import { generate } from "../scripts/generate/files.js";
import { type Received, rows } from "./support/any-description.js";
import { compileProject, deprecatedIn } from "./support/compile.js";
import { project } from "./support/project.js";
import { runScript } from "./support/run.js";

/** What a call led to: what was sent, and what came of it. */
interface Outcome {
  readonly received?: Received;
  readonly result?: unknown;
}

interface Results {
  /** What the compiler says of the calls of all rows, and of the other code. */
  readonly compiled: string;
  readonly deprecated: readonly string[];
  /** What came of the calls, by row. */
  readonly outcomes: Readonly<Record<string, { wire: Outcome; mock: Outcome; refused: readonly Outcome[] }>>;
  readonly impacts: ReadonlyMap<string, Impact>;
  readonly samples: ReadonlyMap<string, string>;
}

/** One description has all rows, and is generated, compiled, called and compared once, by the first test. */
let results: Promise<Results> | undefined;

async function prepare(): Promise<Results> {
  const root = await project("tsconfig.json", "test/support/any-description.ts", "test/support/any-description-run.ts");
  const describe = async (when: "before" | "item"): Promise<Parameters<typeof compare>[0]> => {
    const there = rows.filter((row) => row[when]);
    const schemas = Object.assign({}, bundled.components.schemas, ...there.map((row) => row.schemas));
    const description = {
      ...bundled,
      tags: [...bundled.tags, { name: "Rows", description: "-" }],
      paths: { ...Object.fromEntries(there.map((row) => [row.route, row[when]])), ...bundled.paths },
      components: { ...bundled.components, schemas },
    };
    await writeFile(path.join(root, "openapi/openapi.yaml"), JSON.stringify(description));
    await generate(root);
    return JSON.parse(await readFile(path.join(root, "generated/openapi.json"), "utf8"));
  };
  const before = await describe("before");
  const now = await describe("item");

  await writeFile(path.join(root, "rows.ts"), codeOf());
  await writeFile(path.join(root, "refused.mjs"), refusedCodeOf());
  await writeFile(path.join(root, "editor.ts"), editorCode);
  await writeFile(
    path.join(root, "tsconfig.rows.json"),
    '{ "extends": "./tsconfig.json", "include": ["rows.ts", "editor.ts"] }',
  );
  const [compiled, run, changes] = await Promise.all([
    compileProject(root, "tsconfig.rows.json"),
    runScript(path.join(root, "test/support/any-description-run.ts"), [], { cwd: root }),
    compare(before, now),
  ]);
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const deprecated = deprecatedIn(path.join(root, "editor.ts"));
  const outcomes = JSON.parse(run.stdout);
  return { compiled, deprecated, outcomes, impacts: impactsOf(changes), samples: samplesIn(now) };
}

/** What an editor says of the rows that a call cannot show. */
const editorCode = `
import { createClient, paginate, type paths } from "./src/index.js";
import { lister } from "./src/paginate.js";
const client = createClient();
lister("/rows/old", "things")(client, {});
lister("/rows/list", "things")(client, { "x-trace": "t" });
export type Old = paths["/rows/old"];
export type Current = paths["/rows/list"];
paginate(client, "/rows/cursor", "things", {});
lister("/rows/cursor", "things");
`;

/** The impact of each row, which is that of its worst change. */
function impactsOf(changes: readonly Change[]): Map<string, Impact> {
  const impacts = new Map<string, Impact>();
  for (const { name, route } of rows) {
    const place = `paths/${route.replaceAll("/", "~1")}`;
    const worst = changes.find((change) => `${change.place}/`.startsWith(`${place}/`));
    if (worst) impacts.set(name, worst.impact);
  }
  return impacts;
}

function samplesIn(description: object): Map<string, string> {
  const all = operationsOf(description);
  return new Map(
    rows.map(({ name, route }) => {
      const own = all.filter((operation) => operation.path === route);
      return [
        name,
        own.flatMap((operation) => samplesOf(operation, "https://api.example").map(({ source }) => source)).join("\n"),
      ];
    }),
  );
}

/** A module with the calls of all rows, for one run of the compiler. */
function codeOf(): string {
  const entries = rows.map(({ name, type, call, wrong = [] }) => {
    return `${JSON.stringify(name)}: {
      call: async () => {
        const result = await ${call};
        const isKnown: 0 extends 1 & typeof result ? false : true = true;
        void isKnown;
        return result satisfies ${type};
      },
      wrong: [${wrong.map((code) => `\n// @ts-expect-error\n() => ${code},`).join("")}],
    },`;
  });
  return `import { createClient, paginate } from "./src/index.js";
export const callsOf = (client: ReturnType<typeof createClient>) => ({\n${entries.join("\n")}\n});\n`;
}

/** The same of the calls that must be refused, in JavaScript: the compiler would refuse most of them. */
function refusedCodeOf(): string {
  const entries = rows.map(({ name, refused = [] }) => {
    return `${JSON.stringify(name)}: [${refused.map(([code]) => `\n() => ${code},`).join("")}],`;
  });
  return `import { paginate } from "./src/index.js";
export const refusedOf = (client) => ({\n${entries.join("\n")}\n});\n`;
}

const resultsOf = () => {
  results ??= prepare();
  return results;
};

test("each row compiles, and what the description does not allow does not", async () => {
  const { compiled } = await resultsOf();
  const type = '{ error: "This path does not page: its GET must take pageToken and respond with nextPageToken"; }';
  const message = `error TS2345: Argument of type 'string' is not assignable to parameter of type '${type}'.`;
  expect(compiled).toBe(`editor.ts(9,18): ${message}\neditor.ts(10,8): ${message}\n`);
}, 300_000);

test("a deprecated operation is marked in the editor: its lister, and its path", async () => {
  expect((await resultsOf()).deprecated).toEqual(['lister("/rows/old", "things")(client, {})', 'paths["/rows/old"]']);
});

describe.each(rows)("$name", (row) => {
  test("goes on the wire as described, and gives what is declared", async () => {
    const { received, result } = (await resultsOf()).outcomes[row.name]?.wire ?? {};
    expect({ received, result }).toMatchObject({ received: row.wire, result: row.data });
  });

  test("gets a response from the mock server", async () => {
    expect((await resultsOf()).outcomes[row.name]?.mock.result).toEqual(row.mock ?? row.data);
  });

  test("has samples, and a verdict of the diff", async () => {
    const { samples, impacts } = await resultsOf();
    expect(samples.get(row.name)).toContain(row.sample);
    expect(impacts.get(row.name)).toBe(row.diff ?? "minor");
  });
});

describe.each(rows.filter(({ refused }) => refused))("$name", (row) => {
  test("is checked before anything is sent", async () => {
    const { refused } = (await resultsOf()).outcomes[row.name] ?? {};
    expect(refused).toEqual(row.refused?.map(([, error]) => ({ result: { error } })));
  });
});
