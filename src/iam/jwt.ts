import { SignJWT } from "jose/jwt/sign";
import { importPKCS8 } from "jose/key/import";
import { InvalidArgumentError } from "../errors.js";
import { type ParsedKey, privateKeyRule } from "./key.js";

/** How far the clock of this machine may be ahead of the server's, in seconds. */
const clockTolerance = 300;

/** How long a JSON Web Token is valid from now on, in seconds. It is used at once; the server allows an hour. */
const lifetime = 600;

/**
 * Signs a JSON Web Token for the exchange.
 *
 * @param time of the server, in milliseconds since the epoch
 * @throws {InvalidArgumentError} when the private key is damaged, or of another kind
 */
export async function signJwt(key: ParsedKey, audience: string, time: number): Promise<string> {
  const now = Math.floor(time / 1000);
  const jwt = new SignJWT()
    .setProtectedHeader({ alg: "PS256", typ: "JWT", kid: key.id })
    .setIssuer(key.serviceAccountId)
    .setAudience(audience)
    .setIssuedAt(now - clockTolerance)
    .setExpirationTime(now + lifetime);
  try {
    return await jwt.sign(await importPKCS8(key.privateKey, "PS256"));
  } catch {
    // Without the cause, because a parser's message can quote the key.
    throw new InvalidArgumentError("key.private_key", `must be ${privateKeyRule}${key.place}`);
  }
}
