import { type CallDetails, detailsOf } from "../call-details.js";
import { ApiError, InvalidResponseError } from "../errors.js";
import type { FetchWithRetries } from "../fetch-with-retries.js";
import type { Transport } from "../send-once.js";
import { isToken } from "../token.js";
import { isObject } from "../unknown-value.js";
import type { IssuedToken } from "./token-cache.js";

/** The response to a request for a token. */
export interface TokenResponse {
  readonly call: CallDetails;
  readonly response: Response;
  /** The parsed JSON, or the text of a body that is not JSON. */
  readonly body: unknown;
}

/** Sends a request for a token. It follows no redirect, because the other server would get the credentials. */
export async function requestToken(
  send: FetchWithRetries,
  transport: Transport,
  url: string,
  init: RequestInit,
): Promise<TokenResponse> {
  const request = new Request(url, { ...init, redirect: "manual" });
  const call = detailsOf(request.method, new URL(url).pathname);
  const response = await send(request, call, transport);
  const text = await response.text();
  try {
    return { call, response, body: JSON.parse(text) };
  } catch {
    return { call, response, body: text };
  }
}

/**
 * Reads the token of a response.
 *
 * @param read returns the token and its lifetime in milliseconds, which is NaN when the response has none
 * @throws {ApiError} when the response is a failure
 * @throws {InvalidResponseError} when it has no token; the error does not show the body, which can hold one
 */
export function issuedToken(
  { call, response, body }: TokenResponse,
  read: (body: Readonly<Record<string, unknown>>) => { token: unknown; lifetime: number },
): IssuedToken {
  if (!response.ok) throw new ApiError(call, response, body);
  if (!isObject(body)) throw new InvalidResponseError(call, "the body is not a JSON object", response, "");
  const { token, lifetime } = read(body);
  if (!isToken(token)) throw new InvalidResponseError(call, "the body has no valid token", response, "");
  if (!Number.isFinite(lifetime))
    throw new InvalidResponseError(call, "the body does not say when the token expires", response, "");
  return { token: token.trim(), lifetime };
}
