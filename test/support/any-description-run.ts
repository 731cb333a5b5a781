// Makes the calls of any-description.ts in a project whose description has them, and prints what came of each.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "../../src/index.js";
import { startMockServer } from "../../src/mock.js";
import { type Received, rows } from "./any-description.js";

type Client = ReturnType<typeof createClient>;
type Call = () => Promise<unknown>;
type Of<Calls> = (client: Client) => { readonly [row: string]: Calls };
// Both are made of the rows.
const load = (file: string) => import(new URL(`../../${file}`, import.meta.url).href);
const { callsOf }: { callsOf: Of<{ readonly call: Call }> } = await load("rows.ts");
const { refusedOf }: { refusedOf: Of<readonly Call[]> } = await load("refused.mjs");

let received: Received | undefined;
let response: (typeof rows)[number]["response"];
const server = createServer(async (request, reply) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { method = "", url = "", headers } = request;
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  received = { method, url, headers: Object.fromEntries(texts), body };
  reply.writeHead(response?.status ?? 200, { "content-type": response?.type ?? "application/json" });
  reply.end(response?.body ?? "{}");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const real = createClient({
  token: "t",
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  retry: false,
});
const mock = await startMockServer({ spec: "generated/openapi.json" });
const mocked = createClient({ token: "t", baseUrl: mock.url, retry: false });

async function make(call: Call): Promise<{ received: Received | undefined; result: unknown }> {
  received = undefined;
  const result = await call().catch((error: Error) => ({ error: error.message }));
  return { received, result };
}

const missing = { call: async () => "There is no such row" };
const outcomes: Record<string, unknown> = {};
for (const row of rows) {
  response = row.response;
  const toMock = await make((callsOf(mocked)[row.name] ?? missing).call);
  const wire = await make((callsOf(real)[row.name] ?? missing).call);
  const refusals = [];
  for (const one of refusedOf(real)[row.name] ?? []) refusals.push(await make(one));
  outcomes[row.name] = { wire, mock: toMock, refused: refusals };
}
console.log(JSON.stringify(outcomes));
server.close();
server.closeAllConnections();
await mock.close();
