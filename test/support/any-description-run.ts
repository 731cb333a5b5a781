// Makes the calls of any-description.ts in a project whose description has them, and prints what came of each.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "../../src/index.js";
import { startMockServer } from "../../src/mock.js";
import { type Received, rows } from "./any-description.js";

type Client = ReturnType<typeof createClient>;
type Call = () => Promise<unknown>;
type Calls = { readonly [row: string]: { readonly call: Call; readonly refused: readonly Call[] } };
const module = new URL("../../rows.ts", import.meta.url).href; // made of the rows
const { callsOf }: { callsOf: (client: Client) => Calls } = await import(module);

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

const missing = { call: async () => "There is no such row", refused: [] };
const outcomes: Record<string, unknown> = {};
for (const row of rows) {
  response = row.response;
  const toMock = await make((callsOf(mocked)[row.name] ?? missing).call);
  const { call, refused } = callsOf(real)[row.name] ?? missing;
  const wire = await make(call);
  const refusals = [];
  for (const one of refused) refusals.push(await make(one));
  outcomes[row.name] = { wire, mock: toMock, refused: refusals };
}
console.log(JSON.stringify(outcomes));
server.close();
server.closeAllConnections();
await mock.close();
