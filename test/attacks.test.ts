// What an attack from outside broke.
import { expect, onTestFinished, test } from "vitest";
import { createClient, listBackups } from "../src/index.js";
import { clusterId } from "./support/description.js";
import { answer, serve } from "./support/server.js";

const backups = "/managed-mysql/v1/clusters/{clusterId}/backups";
const params = { path: { clusterId } };

test("fifty calls and listings at once on one signal give no warning of a leak, and all end with it", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => void warnings.push(warning);
  process.on("warning", keep);
  onTestFinished(() => void process.off("warning", keep));
  const server = await serve(() => {});
  const client = createClient({ baseUrl: server.url, token: "any" });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 50 }, (_, index) =>
    index % 2 ? client.GET(backups, { params, signal }) : listBackups(client, { clusterId, signal }).toArray(),
  );
  const settled = Promise.allSettled(calls);
  await expect.poll(() => server.requests.length).toBe(50);
  const reason = new Error("stop");
  controller.abort(reason);
  expect(await settled).toEqual(calls.map(() => ({ status: "rejected", reason })));
  expect(warnings).toEqual([]);
});

test("a token of special characters that a failure sends back is redacted", async () => {
  const token = `ab/c+d=="'\\<&%25e~!@#$^*()_-{}[]|:;?,.xyz12`;
  const server = await serve((_request, response) => answer(response, 400, { code: 3, message: `bad ${token} end` }));
  const { error } = await createClient({ baseUrl: server.url, token }).GET(backups, { params });
  expect(error).toMatchObject({ message: "bad [redacted] end" });
});

test("a path that changes when it is read again is read once", async () => {
  const server = await serve((_request, response) => answer(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  let reads = 0;
  const path: object = { toString: () => (reads++ < 1 ? backups : "/evil"), replace: () => "/evil" };
  await Reflect.apply(client.GET, client, [path, { params }]);
  expect(server.requests.map(({ url }) => url)).toEqual([backups.replace("{clusterId}", clusterId)]);
});

test.each(["#", "?q="])("the baseUrl of a call cannot end in %s, which would change the operation", async (end) => {
  const server = await serve((_request, response) => answer(response, 200, {}));
  const client = createClient({ baseUrl: server.url, token: "any" });
  const call = client.GET(backups, { params, baseUrl: `${server.url}${end}` });
  await expect(call).rejects.toMatchObject({ name: "InvalidArgumentError", argument: "baseUrl" });
  expect(server.requests).toEqual([]);
});
