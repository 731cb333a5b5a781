import { InvalidArgumentError } from "../errors.js";
import { isObject, textOf } from "../unknown-value.js";
import { decodeBase64, decodeFile, readKeyText } from "./key-text.js";
import { runtime } from "./runtime.js";
import { secretKind } from "./secret-kind.js";

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
  /** Where it comes from, as the end of a sentence; empty for an argument. */
  readonly place: string;
}

/**
 * Creates a function that returns a key. An object or a text is read now, a file at each call.
 *
 * @param variable the environment variable that it comes from
 * @throws {InvalidArgumentError} when an object or a text is not a key
 */
export function keyReader(key: ServiceAccountKey | string, variable?: string): () => Promise<ParsedKey> {
  if (typeof key === "string" && isPath(key)) {
    const path = key.trim();
    return async () => {
      const name = `${JSON.stringify(path)}${variable ? ` of ${variable}` : ""}`;
      return parseKeyText(await readFile(path, name), `the file ${name}`);
    };
  }
  const parsed = typeof key === "string" ? parseKeyText(key, variable) : parseKey(key, variable);
  return async () => parsed;
}

/** Whether a text is a path. The text of a key has braces, lines, or more characters, in any of its forms. */
function isPath(text: string): boolean {
  return text.length <= 1024 && !/[\r\n{]|%7b/i.test(text.trim());
}

/** @throws {InvalidArgumentError} naming the kind of text, but not showing it */
function parseKeyText(text: string, place?: string): ParsedKey {
  const value = readKeyText(text);
  if (value !== undefined) return parseKey(value, place);
  const kind = secretKind(text.trim()) ?? "not JSON";
  const problem = `is ${kind === "JSON" ? "not JSON: it is damaged or cut off" : kind}`;
  throw new InvalidArgumentError(
    "key",
    `must be the JSON of an authorized key, but ${place ?? `the text of ${text.length} characters`} ${problem}`,
  );
}

const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/;

/**
 * Validates a key.
 *
 * @param source where it was read
 * @throws {InvalidArgumentError} naming the field and the source, but not the value
 */
function parseKey(key: unknown, source?: string): ParsedKey {
  const place = source === undefined ? "" : ` in ${source}`;
  const hint = kindOf(key);
  const fail = (argument: string, rule: string): never => {
    throw new InvalidArgumentError(argument, `must be ${rule}${place}${hint && `, which looks like ${hint}`}`);
  };
  if (!isObject(key)) return fail("key", "an authorized key, as `yc iam key create` writes it, a JSON object");
  const read = (...names: readonly [string, ...string[]]): string => {
    const value = names.map((name) => key[name]).find((field) => field !== undefined);
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    if (typeof text === "string" && text.trim() !== "") return text.trim();
    return fail(`key.${names[0]}`, "the text that `yc iam key create` writes for an authorized key");
  };
  const id = read("id", "accessKeyId");
  const serviceAccountId = read("service_account_id", "serviceAccountId");
  // Line breaks can be left as \n, by any number of escapes.
  const text = decodeBase64(read("private_key", "privateKey")).replace(/\\+[rn]/g, "\n");
  const [, label] = /-----BEGIN ([A-Z ]+)-----/.exec(text) ?? [];
  const other = label === undefined || label === "PRIVATE KEY" ? "" : `, but is a ${label}`;
  // The provider's command writes a warning before the key.
  const [privateKey] = pem.exec(text) ?? [];
  return { id, serviceAccountId, privateKey: privateKey ?? fail("key.private_key", privateKeyRule + other), place };
}

export const privateKeyRule = "an undamaged RSA key of at least 2048 bits, as PKCS #8 in PEM (BEGIN PRIVATE KEY)";

/** Names a JSON object that is not an authorized key, but that commands of the provider or others write. */
function kindOf(value: unknown): string {
  if (!isObject(value)) return "";
  if ("api_key" in value) return "an API key";
  if ("access_key" in value) return "a static access key";
  if ("iam_token" in value) return "an IAM token";
  if ("client_email" in value) return "a key of Google Cloud";
  if ("key_algorithm" in value && !("private_key" in value)) return "a key without its private part";
  return "";
}

/** @throws {InvalidArgumentError} when the file cannot be read */
async function readFile(path: string, name: string): Promise<string> {
  const fs = runtime?.getBuiltinModule?.("node:fs/promises");
  if (!fs) throw new InvalidArgumentError("key", "must be an object or a text: this run time has no file system");
  // Only a shell expands `~`.
  const home = () => runtime?.env["HOME"] ?? runtime?.env["USERPROFILE"] ?? "~";
  const file = path.startsWith("file:") ? new URL(path) : path.replace(/^~(?=[/\\])/, home);
  const bytes = await fs.readFile(file).catch((error: unknown) => {
    const reason = textOf(isObject(error) && "code" in error ? error["code"] : error);
    const kind = secretKind(path);
    const hint = kind ? `; it looks like ${kind}` : "";
    throw new InvalidArgumentError("key", `must be a file that can be read, but ${name} cannot: ${reason}${hint}`);
  });
  return decodeFile(bytes);
}
