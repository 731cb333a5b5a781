import { InvalidArgumentError, isObject } from "../errors.js";
import { textOf } from "../redact.js";
import { runtime } from "./runtime.js";

/** An authorized key of a service account, as `yc iam key create` writes it, or as the provider's Node.js SDK takes it. */
export type ServiceAccountKey =
  | { readonly id: string; readonly service_account_id: string; readonly private_key: string }
  | {
      readonly accessKeyId: string;
      readonly serviceAccountId: string;
      /** In PEM, as text or as the bytes of a file. */
      readonly privateKey: string | Uint8Array;
    };

/** A key whose fields have been validated. */
export interface ParsedKey {
  readonly id: string;
  readonly serviceAccountId: string;
  /** PKCS #8, in PEM, without anything around it. */
  readonly privateKey: string;
  /** Where it comes from, as the end of a sentence; empty for an object. */
  readonly place: string;
}

/**
 * Creates a function that returns a key: an object as it is now, or a file as it is then.
 *
 * @throws {InvalidArgumentError} when an object is not a key, or a path must be the text of one
 */
export function keyReader(key: ServiceAccountKey | string): () => Promise<ParsedKey> {
  if (typeof key !== "string") {
    const parsed = parseKey(key);
    return async () => parsed;
  }
  if (key.length <= 1024 && !/[\r\n{]/.test(key)) return () => readKeyFile(key);
  const problem = `must be an object or the path of a file, but is a text of ${key.length} characters`;
  throw new InvalidArgumentError("key", `${problem}; use JSON.parse for the text of a key`);
}

const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/;

/**
 * Validates a key.
 *
 * @param file where it was read
 * @throws {InvalidArgumentError} naming the field and the file, but not the value
 */
function parseKey(key: unknown, file?: string): ParsedKey {
  const place = file === undefined ? "" : ` in the file ${JSON.stringify(file)}`;
  const hint = kindOf(key);
  const fail = (argument: string, rule: string): never => {
    throw new InvalidArgumentError(argument, `must be ${rule}${place}${hint && `, which looks like ${hint}`}`);
  };
  if (!isObject(key)) return fail("key", "an authorized key, as `yc iam key create` writes it, a JSON object");
  const read = (...names: readonly [string, ...string[]]): string => {
    const value = names.map((name) => key[name]).find((field) => field !== undefined);
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    if (typeof text === "string" && text !== "") return text;
    return fail(`key.${names[0]}`, "the text that `yc iam key create` writes for an authorized key");
  };
  const id = read("id", "accessKeyId");
  const serviceAccountId = read("service_account_id", "serviceAccountId");
  // The provider's command writes a warning before the key.
  const [privateKey] = pem.exec(read("private_key", "privateKey")) ?? [];
  return { id, serviceAccountId, privateKey: privateKey ?? fail("key.private_key", privateKeyRule), place };
}

export const privateKeyRule = "an undamaged RSA key of at least 2048 bits, as PKCS #8 in PEM (BEGIN PRIVATE KEY)";

/** What a JSON object is that the provider's commands write, but no authorized key. */
function kindOf(value: unknown): string {
  if (!isObject(value)) return "";
  if ("api_key" in value) return "an API key";
  if ("access_key" in value) return "a static access key";
  return "";
}

/** @throws {InvalidArgumentError} when the file cannot be read, or holds no key */
async function readKeyFile(file: string): Promise<ParsedKey> {
  const fs = runtime?.getBuiltinModule?.("node:fs/promises");
  if (!fs) throw new InvalidArgumentError("key", "must be an object where there is no file system");
  const name = JSON.stringify(file);
  const text = await fs.readFile(file, "utf8").catch((error: unknown) => {
    const reason = textOf(isObject(error) && "code" in error ? error["code"] : error);
    throw new InvalidArgumentError("key", `must be a file that can be read, but ${name} cannot: ${reason}`);
  });
  let key: unknown;
  try {
    key = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError("key", `must be the JSON of an authorized key, but the file ${name} is not JSON`);
  }
  return parseKey(key, file);
}
