// The code that people copy, from the README, the mock server's guide and the docs page: it compiles, and curl runs it.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { listsOf } from "../../scripts/description/lists.js";
import { Node } from "../../scripts/description/node.js";
import { exampleOf, type Operation, operationsOf, successesOf } from "../../scripts/description/operations.js";
import { samplesOf } from "../../scripts/docs/code-samples.js";
import { compile } from "../support/compile.js";
import { mockWith } from "../support/mock.js";
import { mockGuide, readme, snippets } from "../support/readme.js";
import { start } from "../support/run.js";
import { respond, serve } from "../support/server.js";

const description = JSON.parse(await readFile("generated/openapi.json", "utf8"));
const server: string = description.servers[0].url;
const operations = operationsOf(description);
const listed = operations.find((operation) => listsOf(operation)) as Operation;

test("the README, the mock server's guide and the docs page have only TypeScript that compiles", async () => {
  // The snippet with undici is compiled where undici is installed: in test/installed.
  const copied = [...snippets(readme, "ts"), ...snippets(mockGuide, "ts")].filter((code) => !code.includes("undici"));
  expect(copied.length).toBeGreaterThanOrEqual(10);
  const stranger = { ...listed, id: "hasNoFunctionOfItsOwn" };
  const samples = [...operations, stranger].flatMap((operation) => samplesOf(operation, server));
  const sources = samples.filter(({ lang }) => lang === "typescript").map(({ source }) => source);
  for (const call of [`${listed.id}(client`, "paginate(client"]) expect(sources.join()).toContain(call);
  // One program for all, with a mistake that shows that mistakes are found.
  const mistake = `${sources[0]}\nclient.GETT();`;
  expect(await compile([...copied, ...sources, mistake])).toEqual([expect.stringContaining("GETT")]);
});

/** Runs the curl sample of an operation in a shell, against another server. */
async function runCurl(operation: Operation, url: string) {
  const { source = "" } = samplesOf(operation, server).find(({ label }) => label === "curl") ?? {};
  const code = source.replaceAll(server, url);
  expect(code).not.toBe(source);
  const quiet = 'curl() { command curl --silent --show-error "$@"; }';
  return await start("sh", ["-c", `${quiet}\n${code}`], { env: { YC_TOKEN: "any" } }).ended;
}

// The quotes are those of a POSIX shell.
test.skipIf(process.platform === "win32").each(operations)(
  "the curl sample of $id gets the example from the mock server",
  async (operation) => {
    const { status, stdout, stderr } = await runCurl(operation, (await mockWith({})).url);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [[, success] = []] = successesOf(operation);
    const [media] = success?.at("content").children ?? [];
    // The mock server responds to a GET of an item with the item of its list, which need not be the example.
    const expected = !listsOf(operation) && media ? expect.any(Object) : media && exampleOf(media);
    expect(stdout ? JSON.parse(stdout) : undefined).toEqual(expected);
  },
);

test.skipIf(process.platform === "win32")("a code sample carries any value unchanged", async () => {
  const value = `it's $HOME & "a/b?c" \`d\` %`;
  const given = (name: string, place: string) =>
    Node.root({ name, in: place, required: true, schema: {}, example: value });
  const pageToken = listed.parameters.filter((one) => one.text("name") === "pageToken");
  const parameters = [...pageToken, given("thingId", "path"), given("name-filter", "query")];
  const awkward: Operation = { ...listed, path: "/things/{thingId}/parts", parameters };
  const listening = await serve((_request, response) => respond(response, 200, {}));
  expect(await runCurl(awkward, listening.url)).toMatchObject({ status: 0, stdout: "{}" });
  const [request] = listening.requests;
  expect(listening.queries).toEqual([{ "name-filter": value }]);
  expect(decodeURIComponent(request?.url?.split("/").at(-2) ?? "")).toBe(value);
  expect(request?.headers.authorization).toBe("Bearer any");
  const literal = JSON.stringify(value);
  const sources = samplesOf(awkward, server).map(({ source }) => source);
  expect(sources.join()).toContain(`{ thingId: ${literal}, "name-filter": ${literal} }`);
});
