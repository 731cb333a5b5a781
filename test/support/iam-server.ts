import { generateKeyPairSync, type KeyObject } from "node:crypto";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type CryptoKey, importSPKI, jwtVerify } from "jose";
import { onTestFinished } from "vitest";
import { startMockServer } from "../../src/mock.js";
import { temporaryFolder } from "./folder.js";
import { type Handler, respond, serve, type TestServer } from "./server.js";

/** An authorized key, as `yc iam key create` writes it. */
export interface KeyFile {
  readonly id: string;
  readonly service_account_id: string;
  readonly created_at: string;
  readonly key_algorithm: string;
  readonly public_key: string;
  readonly private_key: string;
}

/** Makes a key, with an id of its own. */
export function createKey(id = "ajekey0000000000test"): KeyFile {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    id,
    service_account_id: "aje0account000000000",
    created_at: "2024-03-09T01:00:00.123456789Z",
    key_algorithm: "RSA_2048",
    public_key: publicKey.export({ type: "spki", format: "pem" }).toString(),
    private_key: `PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <${id}>\n${pemOf(privateKey)}`,
  };
}

/** A private key of another kind, as PKCS #8 in PEM. */
export function createOtherKey(kind: "EC" | "short"): string {
  if (kind === "EC") return pemOf(generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey);
  return pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Writes a file that ends with the test. */
export async function writeKeyFile(content: unknown): Promise<string> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return path.join(await temporaryFolder({ "key.json": text }), "key.json");
}

export interface IamServer extends Pick<TestServer, "url" | "requests"> {
  /** The keys whose tokens are accepted; a test can replace them. */
  keys: readonly KeyFile[];
  /** When each IAM token expires, in milliseconds since the epoch, on the clock of the server. */
  readonly expiries: ReadonlyMap<string, number>;
}

/**
 * Serves openapi/iam.yaml: Prism validates each request and gives the bodies, and a JSON Web Token is verified as the
 * description says. Its tokens do not look like secrets, so that they are not redacted by their looks.
 *
 * @param options `now` is the clock of the server, and `lifetime` that of an IAM token, both in milliseconds
 */
export async function serveIam(
  keys: readonly KeyFile[],
  { now = Date.now, lifetime = 12 * 3_600_000 }: { now?: () => number; lifetime?: number } = {},
): Promise<IamServer> {
  const mock = await startMockServer({ spec: "openapi/iam.yaml" });
  onTestFinished(() => mock.close());
  const expiries = new Map<string, number>();
  const verify = async (jwt: string): Promise<void> => {
    const { payload } = await jwtVerify(jwt, ({ kid }) => publicKeyOf(iam.keys.find(({ id }) => id === kid)), {
      algorithms: ["PS256"],
      issuer: "aje0account000000000",
      audience: "https://iam.api.cloud.yandex.net/iam/v1/tokens",
      currentDate: new Date(now()),
      maxTokenAge: "1 hour",
      requiredClaims: ["iat", "exp"],
    });
    if (Number(payload.exp) - Number(payload.iat) > 3600) throw new Error("It lives for more than an hour");
  };
  const handler: Handler = async (request, response) => {
    const body = await text(request);
    const ask = (headers: Record<string, string> = {}) =>
      fetch(mock.url + request.url, {
        method: request.method ?? "GET",
        headers: { "content-type": String(request.headers["content-type"]), ...headers },
        body,
      });
    let reply = await ask();
    let json: unknown = await reply.json();
    if (reply.ok) {
      try {
        await verify(JSON.parse(body).jwt);
        const iamToken = `marked-0123456789-${expiries.size + 1}`;
        const expiry = now() + lifetime;
        expiries.set(iamToken, expiry);
        json = { iamToken, expiresAt: new Date(expiry).toISOString().replace("Z", "456789Z") };
      } catch {
        reply = await ask({ prefer: "code=401" });
        json = await reply.json();
      }
    }
    respond(response, reply.status, json, { "content-type": "application/json", date: new Date(now()).toUTCString() });
  };
  const { url, requests } = await serve(handler);
  const iam: IamServer = { keys, expiries, url, requests };
  return iam;
}

async function publicKeyOf(key: KeyFile | undefined): Promise<CryptoKey> {
  if (!key) throw new Error("There is no such key");
  return await importSPKI(key.public_key, "PS256");
}
