import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { listsOf, pageExamplesOf } from "../scripts/description/lists.js";
import { Node } from "../scripts/description/node.js";
import { type Operation, operationsOf } from "../scripts/description/operations.js";
import { languages, type Sample, samplesOf } from "../scripts/docs/code-samples.js";
import { decorate } from "../scripts/docs/decorate.js";
import { completeText } from "../scripts/docs/guide.js";
import { createOwn } from "./support/clients.js";
import { TestClock } from "./support/clock.js";
import { params, path } from "./support/own-description.js";
import { readme, snippets } from "./support/readme.js";
import { type Handler, respond, serve } from "./support/server.js";

const json = await readFile("generated/openapi.json", "utf8");
const description = JSON.parse(json);
const server: string = description.servers[0].url;
const operations = operationsOf(description);
const listed = operations.find((operation) => listsOf(operation)) as Operation;

test("each operation has a code sample in each language, and one of the typed client if it pages", () => {
  expect(operations.length).toBeGreaterThan(0);
  for (const operation of operations) {
    const labels = samplesOf(operation, server).map(({ label }) => label);
    const pages = listsOf(operation) !== undefined;
    expect(labels).toEqual(languages.map(({ label }) => label).filter((label) => pages || label !== "Typed client"));
  }
});

test("a code sample of a required parameter without an example is an error that names the parameter", () => {
  const bare = [Node.root({ name: "thingId", in: "path", required: true, schema: {} })];
  expect(() => samplesOf({ ...listed, parameters: bare }, server)).toThrow(`thingId of ${listed.id}`);
});

const guide = await readFile("scripts/docs/guide.md", "utf8");
const { info }: { info: { description: string } } = JSON.parse(json);
const texts = { guide, readme };
const text = completeText(info.description, texts, operations);
const rowsOf = (markdown: string) =>
  [...markdown.matchAll(/^\| (\d+) \| (.*) \| (.*) \|$/gm)].map(([, status, meaning = "", retries]) => {
    return { status: Number(status), meaning, retries };
  });
const rows = rowsOf(text);
const plain = (html = "") =>
  html
    .replace(/<\/?(pre|code|span)[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

test("the guide begins with the README's quick start, whole, after the introduction", () => {
  const [code = ""] = snippets(readme, "ts");
  expect(code).toContain("createClient(");
  const [introduction, start, next] = text.split(/^## /m);
  expect(info.description.startsWith(introduction?.trim() ?? "-")).toBe(true);
  expect(start).toMatch(/^Quick start\n/);
  expect(plain(start)).toContain(code.trimEnd());
  expect(Math.max(...code.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(66);
  expect(next).toMatch(/^Paging\n/);
});

test("the guide has the text of the description as it is", () => {
  for (const section of info.description.split(/^(?=## )/m)) expect(text).toContain(section.trim());
});

test("the guide has a row for each failure of the description, with its meaning for each operation", () => {
  for (const { id, node } of operations) {
    const responses = node.at("responses");
    for (const status of responses.keys.filter((code) => Number(code) >= 400)) {
      const meaning = rows.find((one) => one.status === Number(status))?.meaning ?? "";
      const mine = meaning.split("<br>").find((line) => line.split(": ")[0]?.includes(`\`${id}\``)) ?? meaning;
      expect(mine.endsWith(responses.at(status).text("description"))).toBe(true);
    }
  }
});

const gets = operations.filter(({ method }) => method === "get");
test.each(rowsOf(completeText("", texts, gets)))(
  "the guide says whether the client repeats a request after a $status: $retries",
  async ({ status, retries }) => {
    const failing: Handler = (_request, response) => respond(response, status, { code: 2 });
    const server = await serve(failing);
    const options = new TestClock().options({ token: async () => "t", baseUrl: server.url });
    await createOwn(options).GET(path, { params });
    const words: Record<number, string> = { 1: "No", 2: "Once, with a new token", 4: "Yes" };
    expect(words[server.requests.length]).toBe(retries);
    expect(text).toContain("up to 4 times");
  },
);

test("the guide draws the requests of a listing, with the token of each response in the next request", () => {
  const [itemsKey = ""] = listsOf(listed)?.keys() ?? [];
  const examples = [...pageExamplesOf(listed).values()];
  const tokens = examples.map((page) => page.fields["nextPageToken"]);
  const pages = tokens.indexOf(undefined) + 1;
  const expected = examples.slice(0, pages).flatMap((page, index) => {
    const items = page.at(itemsKey).children;
    const sent = index === 0 ? ["no pageToken"] : ["pageToken", tokens[index - 1]];
    const given = index === pages - 1 ? ["no nextPageToken"] : ["nextPageToken", tokens[index]];
    const count = `${items.length} ${items.length === 1 ? itemsKey.slice(0, -1) : itemsKey}`;
    return [`GET …/${listed.path.split("/").at(-1)}`, ...sent, count, ...given];
  });
  const picture = text.slice(text.indexOf("<svg"), text.indexOf("</svg>"));
  expect([...picture.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, word]) => word)).toEqual(expected);
});

test("a guide with an unknown value, or a README without a quick start, is an error", () => {
  const complete = (other: Partial<typeof texts>) => completeText(info.description, { ...texts, ...other }, operations);
  expect(() => complete({ guide: "## Paging\n\n{{nothing}}" })).toThrow("{{nothing}}");
  expect(() => complete({ readme: "## Install\n" })).toThrow('"## Quick start"');
});

const table = "| My | table |\n|---|---|\n| 404 | mine |";
const operation = (operationId: string, meaning: string, more: object = {}) => ({
  operationId,
  responses: { 204: {}, 404: { description: meaning }, 503: { description: "Busy." } },
  ...more,
});
const kinds = { anyOf: [{ type: "string", enum: ["A", "B"] }, { type: "string" }] };
const parameter = { name: "kinds", in: "query", schema: { type: "array", items: kinds } };
const own = { lang: "python", label: "Python", source: "get()" };
const other = {
  openapi: "3.1.0",
  info: { title: "Any", version: "1.0.0", description: `Text.\n\n${table}\n\n## Own\n\nMore.` },
  servers: [{ url: "https://api.example" }],
  paths: {
    "/a": { get: operation("getA", "No A.", { parameters: [parameter], "x-codeSamples": [own] }) },
    "/b": { post: operation("makeB", "One | `$&`,\nand more.\n\nTwo.") },
  },
};
const decorated = JSON.parse(await decorate(other, texts));
const otherText: string = decorated.info.description;

test("the docs of another description keep its text, and add the missing sections, without paging if it has no list", () => {
  const headings = [...otherText.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(["Quick start", "Own", "Errors"]);
  expect(otherText).toContain(table);
  expect(otherText).not.toContain("{{");
});

test("the docs of another description have the meaning of a failure in one line, and say that only a GET is repeated", () => {
  expect(otherText).toContain("| 404 | `getA`: No A.<br>`makeB`: One \\| `$&`, and more.<br>Two. | No |");
  expect(otherText).toContain("| 503 | Busy. | Yes, but only GET |");
  expect(otherText).toContain("A request with another method");
});

test("the docs of another description keep the author's code samples beside the others", () => {
  const samples = (decorated.paths["/a"].get["x-codeSamples"] as Sample[]).map(({ label }) => label);
  expect(samples).toEqual(["curl", "Typed call", "Python"]);
});

test("the docs of another description show the values of an open enum in a list", () => {
  const { items } = decorated.paths["/a"].get.parameters[0].schema;
  expect(items).toEqual({ type: "string", enum: ["A", "B"], description: "Other values are possible." });
});
