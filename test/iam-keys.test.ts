import { describe, expect, test } from "vitest";
import { fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { createKey, createOtherKey, type KeyFile, writeKeyFile } from "./support/iam-server.js";
import { refusing } from "./support/server.js";

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
  ["a public key", withKey(key.public_key), "key.private_key", ["BEGIN PRIVATE KEY"]],
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
    ["an OAuth token", "y0_secret-oauth-token-0123456789"],
    ["the PEM alone", key.private_key],
    ["JSON that is cut off", JSON.stringify(key).slice(0, -2)],
    ["nothing", ""],
  ])("%s, in a file", async (_, content) => {
    const file = await writeKeyFile(content);
    expect(await failureOf(file)).toMatchObject({
      name: "InvalidArgumentError",
      argument: "key",
      message: `key must be the JSON of an authorized key, but the file ${JSON.stringify(file)} is not JSON`,
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

  test("the text of a key in place of its path is not shown", async () => {
    for (const text of [JSON.stringify(key), key.private_key, "x".repeat(2000)]) {
      expect(() => fromServiceAccountKey(text)).toThrow(
        expect.objectContaining({ argument: "key", message: expect.stringContaining(`${text.length} characters`) }),
      );
      expect(await failureOf(text)).toMatchObject({ message: noSecret });
    }
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
