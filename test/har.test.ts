import { closeSync, openSync, writeSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { fromServiceAccountKey } from "../src/iam.js";
import { createClient, listBackups } from "../src/index.js";
import { recordHar, startMockServer } from "../src/mock.js";
import { clusterId } from "./support/description.js";
import { temporaryFolder } from "./support/folder.js";
import { createKey, serveIam } from "./support/iam-server.js";
import { mockWith } from "./support/mock.js";
import { respond, serve } from "./support/server.js";

const fileOf = async () => path.join(await temporaryFolder(), "traffic.har");
const entriesOf = async (file: string): Promise<unknown[]> => JSON.parse(await readFile(file, "utf8")).log.entries;

test("a recorded file has neither the token, nor the key's signature and the new token of its exchange", async () => {
  const file = await fileOf();
  const key = createKey();
  const iam = await serveIam([key]);
  const token = fromServiceAccountKey(key, { endpoint: iam.url });
  const server = await serve(({ headers }, response) => respond(response, 401, { message: headers.authorization }));
  const client = createClient({ baseUrl: server.url, token, fetch: recordHar(file) });
  await expect(listBackups(client, { clusterId }).toArray()).rejects.toMatchObject({ status: 401 });
  expect(await entriesOf(file)).toHaveLength(4); // two exchanges, and two calls
  expect(await readFile(file, "utf8")).not.toMatch(/eyJ|marked|Bearer (?!\[)/);
});

test("the recorders of a process share a file, until it is deleted", async () => {
  const file = await fileOf();
  const mock = await mockWith({ har: file });
  for (const record of [recordHar(file), recordHar(file)]) await record(new Request(mock.url));
  await mock.close();
  await recordHar(file)(new Request("data:,"));
  expect(await entriesOf(file)).toHaveLength(5);
  await rm(file);
  await recordHar(file)(new Request("data:,"));
  expect(await entriesOf(file)).toHaveLength(1);
});

test("a mock server that is closed twice closes its file once, and no other file", async () => {
  const file = await fileOf();
  const mock = await startMockServer({ har: file });
  await mock.close();
  const other = openSync(`${file}.txt`, "w");
  await mock.close();
  expect(writeSync(other, "x")).toBe(1);
  closeSync(other);
});

test("a mock server that cannot start leaves the file of another one as it is", async () => {
  const file = await fileOf();
  const mock = await mockWith({});
  const port = Number(new URL(mock.url).port);
  await recordHar(file)(new Request(mock.url));
  const text = await readFile(file, "utf8");
  await expect(startMockServer({ har: `${file}.other`, port })).rejects.toThrow(`port ${port}`);
  await expect(readFile(`${file}.other`)).rejects.toThrow("ENOENT");
  expect(await readFile(file, "utf8")).toBe(text);
});

test("a failure whose body breaks off is the same error with a recorder, and is recorded without its body", async () => {
  const file = await fileOf();
  const server = await serve((_, response) => {
    response.writeHead(403, { "content-type": "application/json", "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  });
  const client = createClient({ baseUrl: server.url, token: "t", fetch: recordHar(file) });
  await expect(listBackups(client, { clusterId }).toArray()).rejects.toMatchObject({ name: "ApiError", attempts: 1 });
  expect(await entriesOf(file)).toMatchObject([{ response: { status: 403, content: { size: -1, text: "" } } }]);
});
