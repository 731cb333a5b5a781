import { readFile } from "node:fs/promises";
import { describe, expect, inject, test } from "vitest";
import { listsOf, pageExamplesOf } from "../scripts/description/lists.js";
import { Node } from "../scripts/description/node.js";
import { exampleOf, type Operation, operationsOf, successesOf } from "../scripts/description/operations.js";
import { languages, type Sample, samplesOf } from "../scripts/docs/code-samples.js";
import { decorate } from "../scripts/docs/decorate.js";
import { completeText } from "../scripts/docs/guide.js";
import { createOwn } from "./support/clients.js";
import { TestClock } from "./support/clock.js";
import { compile } from "./support/compile.js";
import { params, path } from "./support/own-description.js";
import { readme, snippets } from "./support/readme.js";
import { start } from "./support/run.js";
import { type Handler, respond, serve } from "./support/server.js";

const json = await readFile("generated/openapi.json", "utf8");
const description = JSON.parse(json);
const server: string = description.servers[0].url;
const operations = operationsOf(description);
const listed = operations.find((operation) => listsOf(operation)) as Operation;

function sample(label: string, operation: Operation): Sample {
  const found = samplesOf(operation, server).find((one) => one.label === label);
  if (!found) throw new Error(`${operation.id} has no sample called ${label}`);
  return found;
}

/** Runs a curl sample in a shell, against another server. */
async function runCurl({ source }: Sample, url: string) {
  const code = source.replaceAll(server, url);
  expect(code).not.toBe(source);
  return await start("sh", ["-c", `curl() { command curl --silent --show-error "$@"; }\n${code}`], {
    env: { YC_TOKEN: "any" },
  }).ended;
}

describe("the code samples", () => {
  test("are a curl line, the typed client and the typed call, for each operation", () => {
    expect(operations.length).toBeGreaterThan(0);
    for (const operation of operations) {
      const labels = samplesOf(operation, server).map(({ label }) => label);
      const pages = listsOf(operation) !== undefined;
      expect(labels).toEqual(languages.map(({ label }) => label).filter((label) => pages || label !== "Typed client"));
    }
  });

  test("are TypeScript that compiles against the package", async () => {
    const stranger = { ...listed, id: "hasNoFunctionOfItsOwn" };
    const samples = [...operations, stranger].flatMap((operation) => samplesOf(operation, server));
    const sources = samples.filter(({ lang }) => lang === "typescript").map(({ source }) => source);
    expect(sources.some((source) => source.includes(`${listed.id}(client`))).toBe(true);
    expect(sources.some((source) => source.includes("paginate(client"))).toBe(true);
    // One program for all, with one mistake to show that mistakes are found.
    const [quickStart = ""] = snippets(readme, "ts");
    const mistake = `${sources[0]}\nclient.GETT();`;
    expect(await compile([...sources, quickStart, mistake])).toEqual([expect.stringContaining("GETT")]);
  });

  // A POSIX shell's quotes.
  test.skipIf(process.platform === "win32").each(operations)(
    "are curl lines that work against the mock server: $id",
    async (operation) => {
      const { status, stdout, stderr } = await runCurl(sample("curl", operation), inject("mockUrl"));
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const [[, success] = []] = successesOf(operation);
      const [media] = success?.at("content").children ?? [];
      // The mock server responds to a GET of an item with what it lists, which need not be the example.
      const expected = !listsOf(operation) && media ? expect.any(Object) : media && exampleOf(media);
      expect(stdout ? JSON.parse(stdout) : undefined).toEqual(expected);
    },
  );

  test.skipIf(process.platform === "win32")("carry any value as it is", async () => {
    const value = `it's $HOME & "a/b?c" \`d\` %`;
    const awkward: Operation = {
      ...listed,
      path: "/things/{thingId}/parts",
      parameters: [
        ...listed.parameters.filter((one) => one.text("name") === "pageToken"),
        Node.root({ name: "thingId", in: "path", required: true, schema: {}, example: value }),
        Node.root({ name: "name-filter", in: "query", required: true, schema: {}, example: value }),
      ],
    };
    const listening = await serve((_request, response) => respond(response, 200, {}));
    expect(await runCurl(sample("curl", awkward), listening.url)).toMatchObject({ status: 0, stdout: "{}" });
    const [request] = listening.requests;
    expect(listening.queries).toEqual([{ "name-filter": value }]);
    expect(decodeURIComponent(request?.url?.split("/").at(-2) ?? "")).toBe(value);
    expect(request?.headers.authorization).toBe("Bearer any");
    const literal = JSON.stringify(value);
    expect(sample("Typed client", awkward).source).toContain(`{ thingId: ${literal}, "name-filter": ${literal} }`);
  });

  test("are missed loudly where they cannot be made", () => {
    const bare = [Node.root({ name: "thingId", in: "path", required: true, schema: {} })];
    expect(() => samplesOf({ ...listed, parameters: bare }, server)).toThrow(`thingId of ${listed.id}`);
  });
});

describe("the guide", async () => {
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

  test("begins with the README's quick start, whole, after the introduction", () => {
    const [code = ""] = snippets(readme, "ts");
    expect(code).toContain("createClient(");
    const [introduction, start, next] = text.split(/^## /m);
    expect(info.description.startsWith(introduction?.trim() ?? "-")).toBe(true);
    expect(start).toMatch(/^Quick start\n/);
    expect(plain(start)).toContain(code.trimEnd());
    expect(Math.max(...code.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(66);
    expect(next).toMatch(/^Paging\n/);
  });

  test("has the text of the description as it is", () => {
    for (const section of info.description.split(/^(?=## )/m)) expect(text).toContain(section.trim());
  });

  test("has a row for each failure of the description, with its meaning for each operation", () => {
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
    "says what the client does about a $status: $retries",
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

  test("draws the requests of a listing, with the token that each response has and the next request sends", () => {
    const operation = operations.find((one) => listsOf(one)) as Operation;
    const [itemsKey = ""] = listsOf(operation)?.keys() ?? [];
    const examples = [...pageExamplesOf(operation).values()];
    const tokens = examples.map((page) => page.fields["nextPageToken"]);
    const pages = tokens.indexOf(undefined) + 1;
    const expected = examples.slice(0, pages).flatMap((page, index) => {
      const items = page.at(itemsKey).children;
      const sent = index === 0 ? ["no pageToken"] : ["pageToken", tokens[index - 1]];
      const given = index === pages - 1 ? ["no nextPageToken"] : ["nextPageToken", tokens[index]];
      const count = `${items.length} ${items.length === 1 ? itemsKey.slice(0, -1) : itemsKey}`;
      return [`GET …/${operation.path.split("/").at(-1)}`, ...sent, count, ...given];
    });
    const picture = text.slice(text.indexOf("<svg"), text.indexOf("</svg>"));
    expect([...picture.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, word]) => word)).toEqual(expected);
  });

  test("fails on a value that is not there, and on a README without a quick start", () => {
    const complete = (other: Partial<typeof texts>) =>
      completeText(info.description, { ...texts, ...other }, operations);
    expect(() => complete({ guide: "## Paging\n\n{{nothing}}" })).toThrow("{{nothing}}");
    expect(() => complete({ readme: "## Install\n" })).toThrow('"## Quick start"');
  });

  describe("of another description", async () => {
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
    const { description } = decorated.info;

    test("leaves its text alone, and adds the sections that it lacks, but none on paging without a list", () => {
      const headings = [...description.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual(["Quick start", "Own", "Errors"]);
      expect(description).toContain(table);
      expect(description).not.toContain("{{");
    });

    test("says what each operation means, in a line, and which methods are sent again", () => {
      expect(description).toContain("| 404 | `getA`: No A.<br>`makeB`: One \\| `$&`, and more.<br>Two. | No |");
      expect(description).toContain("| 503 | Busy. | Yes, but only GET |");
      expect(description).toContain("A request with another method");
    });

    test("keeps the author's code samples beside its own", () => {
      const samples = (decorated.paths["/a"].get["x-codeSamples"] as Sample[]).map(({ label }) => label);
      expect(samples).toEqual(["curl", "Typed call", "Python"]);
    });

    test("shows the values of an open enum in a list", () => {
      const { items } = decorated.paths["/a"].get.parameters[0].schema;
      expect(items).toEqual({ type: "string", enum: ["A", "B"], description: "Other values are possible." });
    });
  });
});
