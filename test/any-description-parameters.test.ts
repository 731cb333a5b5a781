// Random parameters: a sent request parses back, by the rules of OpenAPI, to the given values.

import ts from "typescript";
import { expect, test } from "vitest";
import { renderOperations } from "../scripts/generate/render-operations.js";
import { createClientFor } from "../src/client.js";
import type { Description } from "../src/description.js";
import fc, { runs } from "./support/random.js";

type Primitive = string | number | boolean;
type Value = Primitive | readonly Primitive[] | Readonly<Record<string, Primitive>>;
/** A parameter, with the value that it is given. */
interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly schema: { readonly type: string };
  readonly style: string;
  readonly explode: boolean;
  readonly value: Value;
}

const text = fc.string({ unit: "grapheme", maxLength: 8 });
const token = fc.stringMatching(/^[\w.-]{1,8}$/);
const segment = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((value) => !/^\.\.?$/.test(value));

/** A type and values of it. */
const kinds = (texts: fc.Arbitrary<string>) =>
  fc.constantFrom<{ type: string; values: fc.Arbitrary<Primitive> }>(
    { type: "string", values: texts },
    { type: "integer", values: fc.maxSafeInteger() },
    { type: "number", values: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0) },
    { type: "boolean", values: fc.boolean() },
  );

const primitive = (texts: fc.Arbitrary<string>) =>
  kinds(texts).chain(({ type, values }) => values.map((value) => ({ schema: { type }, value })));
const list = (texts: fc.Arbitrary<string>) =>
  kinds(texts).chain(({ type, values }) =>
    fc
      .array(values, { minLength: 1, maxLength: 4 })
      .map((value) => ({ schema: { type: "array", items: { type } }, value })),
  );
const object = fc
  .dictionary(fc.stringMatching(/^[A-Z]\w{0,4}$/), primitive(text), { minKeys: 1, maxKeys: 3 })
  .map((fields) => {
    const pick = <Key extends "schema" | "value">(key: Key) =>
      Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one[key]]));
    return {
      schema: { type: "object", properties: pick("schema") },
      value: pick("value") as Record<string, Primitive>,
    };
  });

/** All lists of an operation have one style, and all objects, as a lint rule demands. */
const styles = fc.record({
  array: fc.constantFrom(["form", true], ["form", false], ["spaceDelimited", false], ["pipeDelimited", false]),
  object: fc.constantFrom(["form", false], ["deepObject", true], ["form", true]),
});

const parametersOf = fc
  .record({
    styles,
    path: fc.array(primitive(segment), { maxLength: 2 }),
    header: fc.array(fc.oneof(primitive(token), list(token)), { maxLength: 2 }),
    query: fc.array(primitive(text), { maxLength: 3 }),
    lists: fc.array(list(token), { maxLength: 2 }),
    texts: fc.array(list(text), { maxLength: 2 }),
    objects: fc.array(object, { maxLength: 1 }),
  })
  .map(({ styles: { array, object: objectStyle }, path, header, query, lists, texts, objects }): Parameter[] => {
    // A space in a value cannot be told from one between two values.
    const all = [...query, ...lists, ...(array[0] === "spaceDelimited" ? [] : texts), ...objects];
    const styleOf = (type: string) => (type === "array" ? array : type === "object" ? objectStyle : ["form", true]);
    const simple =
      (place: "path" | "header") => (one: Omit<Parameter, "name" | "in" | "style" | "explode">, index: number) => {
        return { ...one, name: `${place}${index}`, in: place, style: "simple", explode: false };
      };
    return [
      ...path.map(simple("path")),
      ...header.map(simple("header")),
      ...all.map((one, index) => {
        const [style, explode] = styleOf(one.schema.type);
        return { ...one, name: `q${index}`, in: "query" as const, style: String(style), explode: Boolean(explode) };
      }),
    ];
  });

/** The description that the client would have of an operation with these parameters: the generated module, loaded. */
function load(route: string, parameters: readonly object[]): Description {
  const description = { openapi: "3.1.0", info: {}, paths: { [route]: { get: { parameters, responses: {} } } } };
  const code = renderOperations(JSON.parse(JSON.stringify(description)));
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const loaded: { operations?: Description["operations"] } = {};
  new Function("exports", outputText)(loaded);
  return { server: "https://api.example", operations: loaded.operations ?? {} };
}

/** Reads the value of a parameter from a request, as a server would. */
function parse({ name, in: location, style, explode, value }: Parameter, request: Request): unknown {
  const url = new URL(request.url);
  const cast = (like: unknown, sent: string): unknown => {
    const decoded = location === "header" ? sent : decodeURIComponent(sent);
    return typeof like === "number" ? Number(decoded) : typeof like === "boolean" ? decoded === "true" : decoded;
  };
  const pairs = url.search
    .slice(1)
    .split("&")
    .map((pair) => pair.split("=") as [string, string?]);
  const sent = (key: string) => pairs.filter(([one]) => one === key).map(([, encoded = ""]) => encoded);
  const separator = location === "header" ? ", " : ({ spaceDelimited: "%20", pipeDelimited: "|" }[style] ?? ",");
  const whole =
    location === "path"
      ? (url.pathname.split("/")[2 + Number(name.slice("path".length))] ?? "")
      : location === "header"
        ? (request.headers.get(name) ?? "")
        : (sent(name)[0] ?? "");
  if (Array.isArray(value)) return (explode ? sent(name) : whole.split(separator)).map((one) => cast(value[0], one));
  if (typeof value !== "object") return cast(value, whole);
  const parts = whole.split(",");
  return Object.fromEntries(
    Object.entries(value).map(([key, like]) => {
      const found = !explode
        ? parts[parts.indexOf(key) + 1]
        : sent(style === "deepObject" ? `${name}[${key}]` : key)[0];
      return [key, cast(like, found ?? "")];
    }),
  );
}

test("a server parses the values that were given, for parameters of any kind and style", async () => {
  let sent: Request | undefined;
  const fetch = async (request: Request) => {
    sent = request;
    return new Response("{}");
  };
  let count = 0;
  await fc.assert(
    fc.asyncProperty(parametersOf, async (parameters) => {
      const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => `/{${name}}`);
      const route = `/${count++}${inPath.join("")}`;
      const api = load(
        route,
        parameters.map(({ value: _, ...parameter }) => ({ ...parameter, required: parameter.in === "path" })),
      );
      const valuesIn = (location: string) =>
        Object.fromEntries(parameters.filter((one) => one.in === location).map(({ name, value }) => [name, value]));
      const params = { path: valuesIn("path"), query: valuesIn("query"), header: valuesIn("header") };
      const client = createClientFor(api, { token: "t", fetch });
      await (client.GET as (path: string, options: object) => Promise<unknown>)(route, { params });
      if (!sent) throw new Error("Nothing was sent");
      for (const parameter of parameters)
        expect([parameter, parse(parameter, sent)]).toEqual([parameter, parameter.value]);
    }),
    runs(300),
  );
}, 120_000);
