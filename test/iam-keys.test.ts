import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fromEnvironment, fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, createOtherKey, type KeyFile, writeKeyFile } from "./support/iam-server.js";
import { refusing, respond, serve } from "./support/server.js";

afterEach(() => void vi.unstubAllEnvs());

const key = createKey();
const without = (field: keyof KeyFile): unknown => ({ ...key, [field]: undefined });
const withKey = (private_key: string): unknown => ({ ...key, private_key });
const middle = key.private_key.length / 2;
const apiKey = { api_key: { id: "aje1", service_account_id: "aje0" }, secret: "AQVN-secret-of-an-api-key" };
const staticKey = { access_key: { id: "aje1", key_id: "YCAJE-key" }, secret: "secret-of-a-static-key" };

/** What is wrong, the argument of the error, and words of its message. */
const unusable: [string, unknown, string, string[]][] = [
  ["an API key", apiKey, "key.id", ["yc iam key create", "an API key"]],
  ["a static access key", staticKey, "key.id", ["yc iam key create", "a static access key"]],
  ["a list", [key], "key", ["a JSON object"]],
  ["null", null, "key", ["a JSON object"]],
  ["a key without an id", without("id"), "key.id", ["yc iam key create"]],
  ["a key with a number for its id", { ...key, id: 5 }, "key.id", ["yc iam key create"]],
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
    "a private key as PKCS #1",
    withKey(key.private_key.replaceAll("PRIVATE KEY", "RSA PRIVATE KEY")),
    "key.private_key",
    ["PKCS #8", "is a RSA PRIVATE KEY"],
  ],
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

/** Nothing of a private key, and no other secret. */
const noSecret = expect.not.stringMatching(/secret-|MII|[\w+/]{40}/);

const json = JSON.stringify(key, null, 2);
const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
/** Each line break of the private key as one, within its string. */
const unescaped = json.replaceAll("\\n", "\n");

/** The forms in which editors, shells, CI systems and secret stores leave a key. */
const forms: readonly [string, string | Buffer][] = [
  ["as yc writes it", json],
  ["in one line", JSON.stringify(key)],
  ["with a line break at its end", `${json}\n`],
  ["with Windows line ends", json.replaceAll("\n", "\r\n")],
  ["in UTF-8 with a byte order mark", `\uFEFF${json}`],
  ["in UTF-16 LE with a byte order mark", Buffer.from(`\uFEFF${json}`, "utf16le")],
  ["in UTF-16 LE without one", Buffer.from(json, "utf16le")],
  ["in UTF-16 BE with a byte order mark", Buffer.from(`\uFEFF${json}`, "utf16le").swap16()],
  ["in UTF-16 BE without one", Buffer.from(json, "utf16le").swap16()],
  ["in single quotes", `'${json}'`],
  ["in double quotes", `"${json}"`],
  ["as a string of JSON", JSON.stringify(json)],
  ["as a string of JSON, twice", JSON.stringify(JSON.stringify(json))],
  ["escaped for a shell", JSON.stringify(JSON.stringify(key)).slice(1, -1)],
  ["escaped for a shell, in single quotes", `'${JSON.stringify(json).slice(1, -1)}'`],
  ["with \\n in place of its line breaks", json.replaceAll("\n", "\\n")],
  ["with line breaks in place of each \\n", unescaped],
  ["with Windows line breaks in place of each \\n", unescaped.replaceAll("\n", "\r\n")],
  ["with each \\n escaped once more", json.replaceAll("\\n", "\\\\n")],
  ["with each \\n escaped twice more", json.replaceAll("\\n", "\\\\\\\\n")],
  ["with spaces in place of each \\n", json.replaceAll("\\n", " ")],
  ["in base64", base64(json)],
  ["in base64, in lines", base64(json).replace(/.{76}/g, "$&\n")],
  ["in base64 of the URL's alphabet", Buffer.from(json).toString("base64url")],
  ["in base64 of UTF-16", base64(Buffer.from(json, "utf16le"))],
  ["in base64, in quotes", `"${base64(json)}"`],
  ["in percent encoding", encodeURIComponent(json)],
  ["with its private key in base64", JSON.stringify({ ...key, private_key: base64(key.private_key) })],
];

describe("a key is read", () => {
  test.each(forms)("%s", async (_, form) => {
    const server = await serve((_request, response) =>
      respond(response, 200, { iamToken: "t", expiresAt: "2999-01-01T00:00:00Z" }),
    );
    const options = { endpoint: server.url };
    const folder = path.dirname(await writeKeyFile(""));
    const file = path.join(folder, "key.json");
    await writeFile(file, form);
    vi.stubEnv("YC_TOKEN", undefined);
    vi.stubEnv("HOME", folder);
    const given = [file, `${file}\n`, pathToFileURL(file).href, "~/key.json"];
    if (typeof form === "string") given.push(form);
    for (const one of given) {
      expect(await fromServiceAccountKey(one, options)()).toBe("t");
      vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", one);
      expect(await fromEnvironment(options)()).toBe("t");
    }
    vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", `"${file}"`);
    expect(await fromEnvironment(options)()).toBe("t");
  });

  test("from a variable that holds neither a path nor a key, it is named", async () => {
    vi.stubEnv("YC_TOKEN", undefined);
    for (const [value, words] of [
      ["/missing/key.json", '"/missing/key.json" of YC_SERVICE_ACCOUNT_KEY_FILE cannot: ENOENT'],
      ["AQVN-secret-of-an-api-key", "cannot: ENOENT; it looks like an API key"],
      [JSON.stringify(key).slice(0, -3), "but YC_SERVICE_ACCOUNT_KEY_FILE is not JSON: it is damaged or cut off"],
      [JSON.stringify(apiKey), "in YC_SERVICE_ACCOUNT_KEY_FILE, which looks like an API key"],
    ] as const) {
      vi.stubEnv("YC_SERVICE_ACCOUNT_KEY_FILE", value);
      const error: unknown = await fromEnvironment()().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: "InvalidArgumentError", message: expect.stringContaining(words) });
      expect(error).toMatchObject({ message: noSecret });
    }
  });
});

describe("a key that cannot be used", () => {
  test.each(unusable)("%s, as an object", async (_, given, argument, words) => {
    const error = await failureOf(given);
    expect(error).toMatchObject({ name: "InvalidArgumentError", argument, message: noSecret });
    for (const word of words) expect(error).toHaveProperty("message", expect.stringContaining(word));
  });

  test.each(unusable)("%s, in a file", async (_, given, argument, words) => {
    const file = await writeKeyFile(given);
    const error = await failureOf(file);
    expect(error).toMatchObject({ name: "InvalidArgumentError", argument, message: noSecret });
    for (const word of [...words, file]) expect(error).toHaveProperty("message", expect.stringContaining(word));
  });

  test.each([
    ["an OAuth token", "y0_secret-oauth-token-0123456789", "an OAuth token"],
    ["an API key", "AQVN-secret-of-an-api-key", "an API key"],
    ["the PEM alone", key.private_key, "the text of a PEM file"],
    ["YAML", `id: ${key.id}\nservice_account_id: aje0\n`, "YAML"],
    ["JSON that is cut off", JSON.stringify(key).slice(0, -2), "not JSON: it is damaged or cut off"],
    ["nothing", "", "empty"],
    ["another text", "secret-text", "not JSON"],
  ])("%s, in a file", async (_, content, kind) => {
    const file = await writeKeyFile(content);
    expect(await failureOf(file)).toMatchObject({
      name: "InvalidArgumentError",
      argument: "key",
      message: `key must be the JSON of an authorized key, but the file ${JSON.stringify(file)} is ${kind}`,
    });
  });

  test("a file that is missing, or a folder", async () => {
    const missing = `${await writeKeyFile("")}.missing`;
    for (const [file, code] of [
      [missing, "ENOENT"],
      ["src", "EISDIR"],
    ] as const) {
      expect(await failureOf(file)).toMatchObject({
        name: "InvalidArgumentError",
        argument: "key",
        message: `key must be a file that can be read, but ${JSON.stringify(file)} cannot: ${code}`,
      });
    }
  });

  test.each([
    ["cut off", JSON.stringify(key).slice(0, -2)],
    ["of a PEM file", key.private_key],
    ["that is no key", "x".repeat(2000)],
  ])("a text %s throws at once, and is not shown", (_, text) => {
    expect(() => fromServiceAccountKey(text)).toThrow(
      expect.objectContaining({ argument: "key", message: expect.stringContaining(`${text.length} characters`) }),
    );
    expect(() => fromServiceAccountKey(text)).toThrow(expect.objectContaining({ message: noSecret }));
  });

  test("an object throws at once, unless its private key has to be parsed", () => {
    expect(() => fromServiceAccountKey({ ...key, id: "" })).toThrow("key.id");
  });

  test("in a file ends a listing with its own words, before anything is sent", async () => {
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
  });
});
