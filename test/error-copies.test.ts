// Two copies of the package in one process: ES modules beside CommonJS, two versions in one tree, or the realm of a test
// runner. Those of the tarball are tested in test/installed.
import vm from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import * as here from "../src/index.js";
import { packageName } from "../src/package-name.js";
import { clusterId } from "./support/description.js";
import { reasonOf } from "./support/promises.js";
import { pages, refusedUrl, respond, serve } from "./support/server.js";

type Copy = typeof here;
const copies: Record<string, () => Promise<Copy>> = {
  "another copy": () => load(),
  "a copy in another realm": () => load(realm()),
};

/** Runs the package once more, in this realm or in another, and under another name when one is given. */
async function load(parsingContext?: vm.Context, name = packageName): Promise<Copy> {
  const options = { bundle: true, format: "cjs", target: "es2022", write: false } as const;
  const { outputFiles } = await build({ entryPoints: ["src/index.ts"], ...options });
  const module = { exports: {} };
  const text = outputFiles[0]?.text.replaceAll(packageName, name) ?? "";
  vm.compileFunction(text, ["module"], parsingContext && { parsingContext })(module);
  return module.exports as Copy;
}

/** A realm with the `fetch` of this one, as Jest makes it. */
function realm(): vm.Context {
  const context = vm.createContext({});
  const builtIn = new Set<string>(vm.runInContext("Object.getOwnPropertyNames(globalThis)", context));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!builtIn.has(name)) context[name] = Reflect.get(globalThis, name);
  }
  return context;
}

const thrown = (run: () => unknown): Promise<unknown> => reasonOf(Promise.resolve().then(run));

/** An error of each class, from a copy. */
async function errorsOf({ createClient, listBackups }: Copy) {
  const { url: baseUrl } = await serve((_request, response) => respond(response, 403, { code: 7, message: "no" }));
  const { url: html } = await serve((_request, response) => respond(response, 200, "<html>"));
  const { url: endless } = await serve(pages({ nextPageToken: "p" }, { nextPageToken: "p" }));
  const list = (options: here.ClientOptions) =>
    thrown(() => listBackups(createClient({ retry: false, ...options }), { clusterId }).toArray());
  const token = () => Promise.reject(new Error("no key"));
  return {
    ApiError: await list({ baseUrl }),
    ConnectionError: await list({ baseUrl: await refusedUrl() }),
    InvalidResponseError: await list({ baseUrl: html }),
    TokenError: await list({ baseUrl, token }),
    InvalidArgumentError: await thrown(() => createClient({ timeout: 0 })),
    PaginationError: await list({ baseUrl: endless }),
  };
}

describe.each(Object.keys(copies))("errors of %s", (name) => {
  let copy: Copy;
  beforeAll(async () => {
    copy = (await copies[name]?.()) ?? here;
    expect(copy.ApiError).not.toBe(here.ApiError);
  });

  test("errors of another copy are instances of the same classes of this copy only", async () => {
    const errors = await errorsOf(copy);
    const classNames = Object.keys(errors) as (keyof typeof errors)[];
    const classes: Copy = here;
    for (const [name, error] of Object.entries(errors)) {
      expect(error).toBeInstanceOf(here.ManagedMysqlError);
      expect(classNames.filter((className) => error instanceof classes[className])).toEqual([name]);
      expect(classNames.filter((className) => error instanceof copy[className])).toEqual([name]);
    }
  });

  test("an error of another copy gets the page token to resume at in a listing of this copy", async () => {
    const { url: baseUrl } = await serve(pages({ backups: [{ id: "1" }], nextPageToken: "second" }));
    let calls = 0;
    const token = () => (calls++ === 0 ? "t" : Promise.reject(new Error("no key")));
    const listing = here.listBackups(copy.createClient({ baseUrl, token }), { clusterId });
    expect(await thrown(() => listing.toArray())).toMatchObject({ code: "TOKEN_ERROR", pageToken: "second" });
  });

  test("an error of another copy says why a connection failed, although `fetch` throws errors of this realm", async () => {
    const { ConnectionError: error } = await errorsOf(copy);
    const cause = { name: "TypeError", message: "fetch failed", cause: { code: "ECONNREFUSED" } };
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ systemCode: "ECONNREFUSED", cause });
  });

  test("the result of toJSON() passes structuredClone and JSON unchanged, where the error itself loses its class", async () => {
    for (const error of Object.values(await errorsOf(copy))) {
      if (!(error instanceof here.ManagedMysqlError)) throw error;
      const json = error.toJSON();
      const { name, code, message } = error;
      expect(json).toMatchObject({ name, code, message });
      expect(structuredClone(json)).toEqual(json);
      expect(JSON.parse(JSON.stringify(error))).toEqual(JSON.parse(JSON.stringify(json)));
      const clone: unknown = structuredClone(error);
      expect(clone).toMatchObject({ message });
      expect(clone).not.toBeInstanceOf(here.ManagedMysqlError);
    }
  });
});

test("a caller's own subclass has its own instances only, and they are instances of the class that it extends", async () => {
  class OwnError extends here.InvalidArgumentError {}
  const own = new OwnError("port", "is taken");
  expect(own).toBeInstanceOf(OwnError);
  expect(own).toBeInstanceOf(here.InvalidArgumentError);
  expect(own).not.toBeInstanceOf(here.ApiError);
  expect(await thrown(() => here.createClient({ timeout: 0 }))).not.toBeInstanceOf(OwnError);
});

test("errors of another package that is made from the same sources are not instances of the classes of this one", async () => {
  const other = await load(undefined, "another-client");
  const errors = Object.entries(await errorsOf(other)) as [keyof Awaited<ReturnType<typeof errorsOf>>, unknown][];
  for (const [name, error] of errors) {
    expect(error).toBeInstanceOf(other[name]);
    expect(error).not.toBeInstanceOf(here.ManagedMysqlError);
  }
});

test.each([undefined, null, "", 0, {}, Object.create(null), new Error("other"), () => {}])(
  "%o is not an error of this package",
  (value) => expect(value instanceof here.ManagedMysqlError).toBe(false),
);
