// Exchanges the key of a service account for a token.
import { type CreateIamTokenRequest, type CreateIamTokenResponse, type IamPaths, iamServer } from "../description.js";
import { InvalidArgumentError } from "../errors.js";
import { createFetchWithRetries } from "../fetch-with-retries.js";
import type { Transport } from "../send-once.js";
import { validateBaseUrl } from "../validate-options.js";
import type { ParsedKey } from "./key.js";
import { issuedToken, requestToken } from "./request-token.js";
import type { TokenIssuer } from "./token-cache.js";

const path = "/iam/v1/tokens" satisfies keyof IamPaths;

/** How long an attempt of the exchange may take, in milliseconds. Four of them fit in the time that a client waits. */
const timeout = 10_000;

/** How far the clock of this machine may be off before a refused exchange is repeated on the server's, in milliseconds. */
const clockTolerance = 60_000;

/**
 * Creates a function that exchanges a key for a token.
 *
 * @param own how to send the request; by default as the client that needs the token does
 * @throws {InvalidArgumentError} when the endpoint is not an origin that a key may be used at
 */
export function keyIssuer(
  readKey: () => Promise<ParsedKey>,
  own: Transport | undefined,
  endpoint: string = iamServer,
): TokenIssuer {
  const origin = validateBaseUrl(endpoint, "endpoint");
  if (new URL(origin).origin !== origin) throw new InvalidArgumentError("endpoint", "must be without a path");
  const send = createFetchWithRetries(origin, { timeout }, () => true); // repeating an exchange is safe
  /** How far the server's clock is ahead of this machine's, in milliseconds, as far as that matters. */
  let ahead = 0;

  return async (signal, fetch) => {
    const { signJwt } = await import("./jwt.js"); // jose takes longer to load than all the rest
    const exchange = async () => {
      // The audience is the name of the service, whatever the endpoint is.
      const jwt = await signJwt(await readKey(), iamServer + path, Date.now() + ahead);
      const body = JSON.stringify({ jwt } satisfies CreateIamTokenRequest);
      const init = { method: "POST", headers: { "content-type": "application/json" }, body, signal };
      return await requestToken(send, own ?? { fetch }, origin + path, init);
    };
    let result = await exchange();
    const difference = dateOf(result.response) - Date.now();
    if ([400, 401].includes(result.response.status) && Math.abs(difference - ahead) > clockTolerance) {
      ahead = difference;
      result = await exchange();
    }
    return issuedToken(result, ({ iamToken, expiresAt }: Unknown<CreateIamTokenResponse>) => ({
      token: iamToken,
      lifetime: lifetimeUntil(expiresAt, result.response),
    }));
  };
}

/** When the server sent a response, on its clock; NaN without a `Date` header. A browser does not see that header. */
function dateOf(response: Response): number {
  return Date.parse(response.headers.get("date") ?? "");
}

/** A response before its fields are validated. */
type Unknown<Body> = { readonly [Field in keyof Body]?: unknown };

/**
 * The time until a token expires, in milliseconds; NaN for what is not a time. Of this machine's clock and the server's,
 * the one that leaves less time counts.
 */
function lifetimeUntil(expiresAt: unknown, response: Response): number {
  const expiry = typeof expiresAt === "string" ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(expiry)) return expiry;
  const valid = [Date.now(), dateOf(response)].map((now) => expiry - now).filter((time) => time > 0);
  return valid.length > 0 ? Math.min(...valid) : 0;
}
