import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { keyReader } from "../src/iam/key.js";
import { decodeFile } from "../src/iam/key-text.js";
import { fromEnvironment, fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, createOtherKey, type KeyFile, writeKeyFile } from "./support/iam-server.js";
import { expectNoSecret } from "./support/print-everything.js";
import fc from "./support/random.js";
import { refusing, respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

const key = createKey();
const without = (field: keyof KeyFile): unknown => ({ ...key, [field]: undefined });
const withKey = (private_key: string): unknown => ({ ...key, private_key });
const middle = key.private_key.length / 2;
const apiKey = { api_key: { id: "aje1", service_account_id: "aje0" }, secret: "AQVN-secret-of-an-api-key" };
const staticKey = { access_key: { id: "aje1", key_id: "YCAJE-key" }, secret: "secret-of-a-static-key" };

/** A key that cannot be used, the argument of the error, and words of its message. */
const unusable: [string, unknown, string, string[]][] = [
  ["an API key", apiKey, "key.id", ["yc iam key create", "an API key"]],
  ["a static access key", staticKey, "key.id", ["yc iam key create", "a static access key"]],
  ["a list", [key], "key", ["a JSON object"]],
  ["null", null, "key", ["a JSON object"]],
  ["a key without an id", without("id"), "key.id", ["yc iam key create"]],
  ["a key with a number as its id", { ...key, id: 5 }, "key.id", ["yc iam key create"]],
  ["a key without an account", without("service_account_id"), "key.service_account_id", ["yc iam key create"]],
  ["a key without its private key", without("private_key"), "key.private_key", ["yc iam key create"]],
  ["a key with an empty private key", withKey(""), "key.private_key", ["yc iam key create"]],
  ["a private key that is not PEM", withKey("secret-text"), "key.private_key", ["PKCS #8 in PEM"]],
  ["a private key that is cut off", withKey(key.private_key.slice(0, -30)), "key.private_key", ["PKCS #8 in PEM"]],
  [
    "a private key with a hole",
    withKey(key.private_key.slice(0, middle) + key.private_key.slice(middle + 100)),
    "key.private_key",
    ["undamaged", "PKCS #8 in PEM"],
  ],
  ["a private key of the kind EC", withKey(createOtherKey("EC")), "key.private_key", ["an undamaged RSA key"]],
  ["a private key of 1024 bits", withKey(createOtherKey("short")), "key.private_key", ["at least 2048 bits"]],
  ["a public key", withKey(key.public_key), "key.private_key", ["BEGIN PRIVATE KEY", "is a PUBLIC KEY"]],
  [
    "a listed key",
    { id: "aje1", service_account_id: "aje0", key_algorithm: "RSA_2048" },
    "key.private_key",
    ["private"],
  ],
  ["a key of Google Cloud", { client_email: "a@b", private_key: "secret-text" }, "key.id", ["Google"]],
  ["a stored IAM token", { iam_token: "t1.secret-token" }, "key.id", ["an IAM token"]],
];

/** The error of a call of the token function, or of its creation. */
const failureOf = async (given: unknown): Promise<unknown> => {
  try {
    return await fromServiceAccountKey(given as string)();
  } catch (error) {
    return error;
  }
};

const json = JSON.stringify(key, null, 2);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
/** Each line break of the private key as one, within its string. */
const unescaped = json.replaceAll("\\n", "\n");

/** The forms in which editors, shells and CI systems leave the text of a key. */
const forms = {
  "as yc writes it": json,
  "in one line": JSON.stringify(key),
  "with Windows line ends": json.replaceAll("\n", "\r\n"),
  "escaped for a shell": JSON.stringify(JSON.stringify(key)).slice(1, -1),
  "in lines, escaped for a shell": JSON.stringify(json).slice(1, -1),
  "with \\n in place of its line breaks": json.replaceAll("\n", "\\n"),
  "with line breaks in place of each \\n": unescaped,
  "with Windows line breaks in place of each \\n": unescaped.replaceAll("\n", "\r\n"),
  "with each \\n escaped once more": json.replaceAll("\\n", "\\\\n"),
  "with each \\n escaped twice more": json.replaceAll("\\n", "\\\\\\\\n"),
  "with spaces in place of each \\n": json.replaceAll("\\n", " "),
  "in percent encoding": encodeURIComponent(json),
  "with its private key in base64": JSON.stringify({ ...key, private_key: base64(key.private_key) }),
};

/** The forms in which secret stores and variables wrap such a text. */
const wrappers: Readonly<Record<string, (text: string) => string>> = {
  "with a line break at its end": (text) => `${text}\n`,
  "in single quotes": (text) => `'${text}'`,
  "in double quotes": (text) => `"${text}"`,
  "as a string of JSON": (text) => JSON.stringify(text),
  "in base64": base64,
  "in base64, in lines": (text) => base64(text).replace(/.{76}/g, "$&\n"),
  "in base64 of the URL's alphabet": (text) => Buffer.from(text).toString("base64url"),
};

const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-16 LE": (text) => Buffer.from(text, "utf16le"),
  "UTF-16 BE": (text) => Buffer.from(text, "utf16le").swap16(),
};

const nameIn = (record: object) => fc.constantFrom(...Object.keys(record));

test("a key is read in any form and encoding, wrapped up to twice", async () => {
  const form = fc.record({
    form: nameIn(forms),
    inner: fc.option(nameIn(wrappers)),
    outer: fc.option(nameIn(wrappers)),
    encoding: nameIn(encodings),
    mark: fc.constantFrom("", "\uFEFF"),
  });
  const plain = (text: string) => text.replace(/[\s=]|\\n/g, "");
  const wanted = plain(key.private_key.slice(key.private_key.indexOf("-----")));
  await fc.assert(
    fc.asyncProperty(form, async ({ form, inner, outer, encoding, mark }) => {
      const wrap = (text: string, name: string | null) => wrappers[name ?? ""]?.(text) ?? text;
      const text = mark + wrap(wrap(forms[form as keyof typeof forms], inner), outer);
      const decoded = decodeFile(encodings[encoding]?.(text) ?? Buffer.of());
      const { id, privateKey } = await keyReader(decoded)();
      expect([id, plain(privateKey)]).toEqual([key.id, wanted]);
    }),
    { numRuns: 300 },
  );
});

test("a key is read from a path, a file URL, a path in the home folder, and a text, as an argument and as a variable", async () => {
  const server = await serve((_request, response) =>
    respond(response, 200, { iamToken: "t", expiresAt: "2999-01-01T00:00:00Z" }),
  );
  const options = { endpoint: server.url };
  const file = await writeKeyFile(key);
  vi.stubEnv("YC_TOKEN", undefined);
  vi.stubEnv("HOME", path.dirname(file));
  for (const given of [file, `${file}\n`, pathToFileURL(file).href, "~/key.json", json, base64(json)]) {
    expect(await fromServiceAccountKey(given, options)()).toBe("t");
    vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", given);
    expect(await fromEnvironment(options)()).toBe("t");
  }
  vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", `"${file}"`);
  expect(await fromEnvironment(options)()).toBe("t");
});

test.each([
  ["a missing path", "/missing/key.json", '"/missing/key.json" of YC_SERVICE_ACCOUNT_KEY_FILE cannot: ENOENT'],
  ["an API key", apiKey.secret, "cannot: ENOENT; it looks like an API key"],
  [
    "a cut-off key",
    JSON.stringify(key).slice(0, -3),
    "but YC_SERVICE_ACCOUNT_KEY_FILE is not JSON: it is damaged or cut off",
  ],
  ["the JSON of an API key", JSON.stringify(apiKey), "in YC_SERVICE_ACCOUNT_KEY_FILE, which looks like an API key"],
])("a YC_SERVICE_ACCOUNT_KEY_FILE with %s is an error that names the variable or the path", async (_, value, words) => {
  vi.stubEnv("YC_TOKEN", undefined);
  vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", value);
  const error: unknown = await fromEnvironment()().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "InvalidArgumentError", message: expect.stringContaining(words) });
  expectNoSecret(error, [key.private_key, apiKey.secret]);
});

const secrets = [key.private_key, apiKey.secret, staticKey.secret, "secret-text", "t1.secret-token"];

test.each(unusable)("%s is refused, as an object and in a file", async (_, given, argument, words) => {
  const file = await writeKeyFile(given);
  for (const [one, place] of [[given, ""] as const, [file, file] as const]) {
    const error = await failureOf(one);
    expect(error).toMatchObject({ name: "InvalidArgumentError", argument });
    for (const word of [...words, place]) expect(error).toHaveProperty("message", expect.stringContaining(word));
    expectNoSecret(error, [...secrets, String(Object(given).private_key)]);
  }
});

test.each([
  ["an API key", apiKey.secret, "an API key"],
  ["YAML", `id: ${key.id}\nservice_account_id: aje0\n`, "YAML"],
  ["JSON that is cut off", JSON.stringify(key).slice(0, -2), "not JSON: it is damaged or cut off"],
  ["nothing", "", "empty"],
  ["another text", "secret-text", "not JSON"],
])("a file with %s is refused", async (_, content, kind) => {
  const file = await writeKeyFile(content);
  const message = `key must be the JSON of an authorized key, but the file ${JSON.stringify(file)} is ${kind}`;
  const error = await failureOf(file);
  expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "key", message });
  expectNoSecret(error, secrets);
});

test.each([
  ["is missing", "missing.json", "ENOENT"],
  ["is a folder", "src", "EISDIR"],
])("a file that %s is refused", async (_, file, code) => {
  const message = `key must be a file that can be read, but ${JSON.stringify(file)} cannot: ${code}`;
  expect(await failureOf(file)).toMatchObject({ name: "InvalidArgumentError", argument: "key", message });
});

test.each([
  ["is cut off", JSON.stringify(key).slice(0, -2)],
  ["is PEM alone", key.private_key],
  ["is not a key", "x".repeat(2000)],
])("a text that %s throws at once, without the text", (_, text) => {
  const message = expect.stringContaining(`${text.length} characters`);
  expect(() => fromServiceAccountKey(text)).toThrow(expect.objectContaining({ argument: "key", message }));
  expect(() => fromServiceAccountKey(text)).not.toThrow(text.slice(-100, -60));
});

test("an object without an id throws at once", () => {
  expect(() => fromServiceAccountKey({ ...key, id: "" })).toThrow("key.id");
});

test("a file that has no key ends a listing with the error of the key, and sends nothing", async () => {
  const { url, close } = await refusing();
  const file = await writeKeyFile(apiKey);
  const client = createClient({ baseUrl: url, token: fromServiceAccountKey(file) });
  const error: unknown = await listBackups(client, { clusterId })
    .toArray()
    .catch((reason: unknown) => reason);
  close();
  expect(error).toMatchObject({
    name: "TokenError",
    message: expect.stringMatching(/key\.id must be .* in the file .*key\.json/),
    cause: { name: "InvalidArgumentError", argument: "key.id" },
  });
  expectNoSecret(error, [apiKey.secret]);
});
