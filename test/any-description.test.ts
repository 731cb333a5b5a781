// Each feature of OpenAPI that a description can use is a row, which the client, the mock server and the code samples
// support. The compiler and the diff: tools/description-change.test.ts. Refused features: description.test.ts.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { operationsOf } from "../scripts/description/operations.js";
import { samplesOf } from "../scripts/docs/code-samples.js";
import type { createClient } from "../src/index.js";
import { startMockServer } from "../src/mock.js";
import { type Row, rows } from "./support/any-description.js";
import { descriptionWithRows, generateFrom } from "./support/any-description-project.js";
import type { Received } from "./support/own-description.js";
import { project } from "./support/project.js";
import { respond, serve } from "./support/server.js";

type Client = ReturnType<typeof createClient>;
type Call = () => Promise<unknown>;

/** The client of the project with the rows, and for each row its call, and those that are refused. */
interface Calls {
  readonly createClient: typeof createClient;
  readonly callsOf: (client: Client) => Readonly<Record<string, readonly [call: Call, ...refused: Call[]]>>;
}

/** The request that a call sent, and its result or error. */
interface Outcome {
  readonly received: Received | undefined;
  readonly result: unknown;
}

const description = descriptionWithRows();
/** One description has all rows. The first test generates its files and makes all calls. */
let outcomes: Promise<ReadonlyMap<string, { wire: Outcome; mock: Outcome; refused: readonly Outcome[] }>> | undefined;
const outcomeOf = async ({ name }: Row) => {
  outcomes ??= callAll();
  return (await outcomes).get(name);
};

async function callAll() {
  const root = await project();
  await generateFrom(root, description);
  await writeFile(path.join(root, "calls.ts"), codeOfCalls());
  const { createClient, callsOf }: Calls = await import(path.join(root, "calls.ts"));

  let received: Received | undefined;
  let response: Row["response"];
  const server = await serve(async (request, reply) => {
    const { method = "", url = "" } = request;
    received = { method, url, headers: request.headers as Received["headers"], body: await text(request) };
    const type = { "content-type": response?.type ?? "application/json" };
    respond(reply, response?.status ?? 200, response?.body ?? "{}", type);
  });
  const make = async (call?: Call): Promise<Outcome> => {
    received = undefined;
    const result = await call?.().catch((error: Error) => ({ error: error.message }));
    return { received, result };
  };

  await using mock = await startMockServer({ spec: path.join(root, "generated/openapi.json") });
  const [real, mocked] = [server, mock].map(({ url }) =>
    callsOf(createClient({ token: "t", baseUrl: url, retry: false })),
  );
  const outcomes = new Map<string, { wire: Outcome; mock: Outcome; refused: Outcome[] }>();
  for (const row of rows) {
    response = row.response;
    const [call, ...others] = real?.[row.name] ?? [];
    const [wire, toMock] = [await make(call), await make(mocked?.[row.name]?.[0])];
    const refused: Outcome[] = [];
    for (const other of others) refused.push(await make(other));
    outcomes.set(row.name, { wire, mock: toMock, refused });
  }
  return outcomes;
}

/** A module with the calls of all rows. It is not compiled, because calls that must be refused would not. */
function codeOfCalls(): string {
  const entries = rows.map(({ name, call, refused }) => {
    const functions = [call, ...refused.map(([code]) => code)].map((code) => `async () => ${code}`);
    return `${JSON.stringify(name)}: [${functions.join(",\n")}],`;
  });
  return `import { createClient, paginate } from "./src/index.js";
export { createClient };
export const callsOf = (client) => ({\n${entries.join("\n")}\n});\n`;
}

const named = rows.map((row) => [row.name, row] as const);

test.each(named)("%s: the request is sent as described, and the response is returned", async (_, row) => {
  expect((await outcomeOf(row))?.wire).toMatchObject({ received: row.wire, result: row.data });
});

test.each(named)("%s: the mock server responds with the example", async (_, row) => {
  expect((await outcomeOf(row))?.mock.result).toEqual(row.mock ?? row.data);
});

test.each(named.filter(([, row]) => row.refused.length > 0))(
  "%s: a call with an invalid value rejects, and is not sent",
  async (_, row) => {
    const errors = row.refused.map(([, error]) => ({ received: undefined, result: { error } }));
    expect((await outcomeOf(row))?.refused).toEqual(errors);
  },
);

test.each(named)("%s: the code samples call it", (_, { route, sample }) => {
  const own = operationsOf(description).filter(({ path }) => path === route);
  const samples = own.flatMap((operation) => samplesOf(operation, "https://api.example"));
  expect(samples.map(({ source }) => source).join("\n")).toContain(sample);
});
