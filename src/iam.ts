// Token functions for `createClient`. The client does not import this module.

import { InvalidArgumentError } from "./errors.js";
import { keyReader, type ServiceAccountKey } from "./iam/key.js";
import { keyIssuer } from "./iam/key-issuer.js";
import { metadataIssuer } from "./iam/metadata-issuer.js";
import { variable } from "./iam/runtime.js";
import { secretKind } from "./iam/secret-kind.js";
import { cacheToken, type TokenFunction } from "./iam/token-cache.js";
import type { Fetch, Transport } from "./send-once.js";
import { validateNames } from "./validate-options.js";

export type { ServiceAccountKey, TokenFunction };

/** How a token function sends its requests. */
export interface TokenOptions {
  /**
   * Sends a request once.
   *
   * @default that of the client, with its `requestInitExt`; for the metadata service, which is behind no proxy,
   *   globalThis.fetch
   */
  readonly fetch?: Fetch | undefined;
  /** Further options of `fetch`, for example Node.js's `dispatcher`, for a proxy. @default as for `fetch` */
  readonly requestInitExt?: Record<string, unknown> | undefined;
}

/** How {@link fromServiceAccountKey} exchanges a key for tokens. */
export interface ServiceAccountKeyOptions extends TokenOptions {
  /**
   * The origin of the service that issues tokens, without a path: `https:`, or `http:` on a loopback address.
   *
   * @default "https://iam.api.cloud.yandex.net"
   */
  readonly endpoint?: string | undefined;
}

/**
 * Creates a token function that exchanges an authorized key of a service account for IAM tokens.
 *
 * @example
 * const client = createClient({ token: fromServiceAccountKey("key.json") });
 *
 * @param key the key, its JSON text, or the path of its JSON file, which is read for each exchange: a new key in it is
 *   used. The text can be escaped, quoted or base64, as environment variables have it.
 * @throws {InvalidArgumentError} when the key or the endpoint cannot be used. The token function rejects with an
 *   {@link InvalidArgumentError} when the file of a key cannot be used; an {@link ApiError} for an error status; an
 *   {@link InvalidResponseError} for a response without a token; and a {@link ConnectionError} when no response is
 *   received. In a client's call, each is the `cause` of a {@link TokenError}.
 */
export function fromServiceAccountKey(
  key: ServiceAccountKey | string,
  options: ServiceAccountKeyOptions = {},
): TokenFunction {
  validateNames(options, [...tokenOptions, "endpoint"]);
  return exchanging(keyReader(key), options);
}

/** Creates a token function for a key that can be read. */
function exchanging(readKey: ReturnType<typeof keyReader>, options: ServiceAccountKeyOptions): TokenFunction {
  return cacheToken(keyIssuer(readKey, transportOf(options), options.endpoint));
}

const tokenOptions = ["fetch", "requestInitExt"] satisfies (keyof TokenOptions)[];

/** The transport that the options set; undefined when they set none. */
function transportOf({ fetch, requestInitExt }: TokenOptions): Transport | undefined {
  return fetch || requestInitExt ? { fetch, requestInitExt } : undefined;
}

/**
 * Creates a token function that asks the metadata service of a virtual machine for tokens of its service account. It obeys
 * `YC_METADATA_ADDR`, a host with or without a port.
 *
 * @example
 * const client = createClient({ token: fromMetadata() });
 *
 * @throws {InvalidArgumentError} for an unknown option. When this is not a virtual machine, or it has no service
 *   account, the token function rejects with a {@link ConnectionError}, after at most two seconds, or an
 *   {@link ApiError} with the status 404. Its other errors are those of {@link fromServiceAccountKey}.
 */
export function fromMetadata(options: TokenOptions = {}): TokenFunction {
  validateNames(options, tokenOptions);
  return cacheToken(metadataIssuer(transportOf(options) ?? {}));
}

/**
 * Creates a token function that uses the first of these that is set: the IAM token in `YC_TOKEN`, the key in the file
 * that `YC_SERVICE_ACCOUNT_KEY_FILE` names, or in that variable itself. If none is set, it uses the metadata service.
 * It chooses at its first call.
 *
 * @example
 * const client = createClient({ token: fromEnvironment() });
 *
 * @throws {InvalidArgumentError} for an unknown option. The token function also rejects with one when `YC_TOKEN` is
 *   another kind of secret. Its other errors are those of {@link fromServiceAccountKey} and {@link fromMetadata}.
 */
export function fromEnvironment(options: ServiceAccountKeyOptions = {}): TokenFunction {
  validateNames(options, [...tokenOptions, "endpoint"]);
  let chosen: TokenFunction | undefined;
  return async (request) => {
    chosen ??= choose(options);
    return await chosen(request);
  };
}

function choose(options: ServiceAccountKeyOptions): TokenFunction {
  const token = variable("YC_TOKEN");
  if (token !== undefined) return fixedToken(token);
  const key = variable("YC_SERVICE_ACCOUNT_KEY_FILE");
  if (key !== undefined) return exchanging(keyReader(key, "YC_SERVICE_ACCOUNT_KEY_FILE"), options);
  const prefix = "YC_TOKEN and YC_SERVICE_ACCOUNT_KEY_FILE are not set, and ";
  return cacheToken(metadataIssuer(transportOf(options) ?? {}, prefix));
}

/** @throws {InvalidArgumentError} when the token is another kind of secret; the message does not show it */
function fixedToken(token: string): TokenFunction {
  const kind = secretKind(token);
  if (kind === undefined || kind === "an IAM token") return async () => token;
  const advice = kind === "JSON" ? "; the key of a service account belongs in YC_SERVICE_ACCOUNT_KEY_FILE" : "";
  const problem = `must be an IAM token, as \`yc iam create-token\` prints it, but looks like ${kind}${advice}`;
  throw new InvalidArgumentError("YC_TOKEN", problem);
}
