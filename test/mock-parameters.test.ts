import { describe, expect, test } from "vitest";
import { bad, inPath, inQuery, ok, sharedMock } from "./support/small-description.js";

const array = { type: "array", items: { type: "integer" } };
const object = {
  type: "object",
  properties: { a: { type: "integer" }, b: { type: "string" } },
  additionalProperties: false,
};
const parameters = [
  inPath("id", "t1", { type: "string", maxLength: 8 }),
  inQuery("id", { type: "integer", maximum: 3 }),
  inQuery("exploded", array),
  inQuery("comma", array, { explode: false }),
  inQuery("pipe", array, { style: "pipeDelimited", explode: false }),
  inQuery("space", array, { style: "spaceDelimited", explode: false }),
  inQuery("deep", object, { style: "deepObject", explode: true }),
  inQuery("flat", object, { explode: false }),
  inQuery("enum", { type: "string", enum: ["ONE", "TWO"] }),
  inQuery("above", { type: "number", exclusiveMinimum: 0, multipleOf: 0.5 }),
  inQuery("flag", { type: "boolean" }),
  inQuery("at", { type: "string", format: "date-time" }),
  inQuery("nullable", { type: ["string", "null"], maxLength: 3 }),
  inQuery("any", { anyOf: [{ type: "integer" }, { type: "string", enum: ["all"] }] }),
  inQuery("few", { type: "array", minItems: 1, maxItems: 2, items: { type: "string", pattern: "^x" } }),
];

describe("a parameter", () => {
  const send = sharedMock({ "/things/{id}": { parameters, get: { responses: { 200: ok, 400: bad } } } });

  // biome-ignore format: a table
  test.each([
    "t1", "a%2Fb", "a%20b", "%E6%97%A5%E6%9C%AC", "$&x", "a,b", "...",
    "t1?id=3", "t1?unknown=1", "t1?exploded=1", "t1?exploded=1&exploded=2", "t1?comma=1,2",
    "t1?pipe=1|2", "t1?pipe=1%7C2", "t1?space=1%202", "t1?space=1+2",
    "t1?deep[a]=1&deep%5Bb%5D=x", "t1?flat=a,1,b,x", "t1?enum=ONE", "t1?above=0.5", "t1?flag=true",
    "t1?at=2024-01-01T00:00:00.123456789Z", "t1?nullable=abc", "t1?any=5", "t1?any=all", "t1?few=x&few=xy",
  ])("the mock server accepts a parameter in its described style: /things/%s", async (target) => {
    expect(await send(`/things/${target}`)).toMatchObject({ status: 200, body: { done: true } });
  });

  // biome-ignore format: a table
  test.each([
    ".", "..", "%2E", "%2e.", "", "123456789", "%zz",
    "t1?id=4", "t1?exploded=x", "t1?exploded=x&exploded=1", "t1?exploded=1,2", "t1?comma=1&comma=2", "t1?comma=1,x",
    "t1?pipe=1&pipe=2", "t1?pipe=1,2", "t1?space=1&space=2", "t1?space=1,2",
    "t1?deep=[object%20Object]", "t1?deep=a,1", "t1?deep[a]=x", "t1?flat=[object%20Object]", "t1?flat=a,x", "t1?flat=a,1&flat=b,x",
    "t1?enum=THREE", "t1?enum=ONE&enum=TWO", "t1?above=0", "t1?above=0.7", "t1?flag=yes", "t1?at=yesterday",
    "t1?nullable=abcd", "t1?any=some", "t1?few=x&few=xy&few=xz", "t1?few=y",
  ])("the mock server refuses a parameter in another style or outside its limits: /things/%s", async (target) => {
    expect((await send(`/things/${target}`)).status).toBe(400);
  });
});

describe("a parameter that is refused without a described failure", () => {
  const required = inQuery("deep", object, { style: "deepObject", required: true });
  const send = sharedMock({
    "/things/{id}": { parameters: [inPath("id", "t1"), required], get: { responses: { 200: ok } } },
  });

  test.each([
    ["/things/t1?deep[a]=1", 200, undefined],
    ["/things/t1", 400, "deep[…] is required"],
    ["/things/t1?deep=x", 400, "the parameter deep must be sent as deep[…]"],
    ["/things/..?deep[a]=1", 400, "/things/.. has a dot segment"],
    ["*", 400, "* is not a path"],
  ])(
    "a description without a 400 gets one that names the refused parameter: %s gets %s",
    async (target, status, detail) => {
      expect(await send(target)).toMatchObject({ status, body: detail ? { detail } : {} });
    },
  );
});
