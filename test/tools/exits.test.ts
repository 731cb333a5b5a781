// A process ends by itself, whatever it has used of this package: a timer, a server or a request would keep it alive.
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { runScript } from "../support/run.js";
import { pages, respond, serve } from "../support/server.js";

/** Runs a program with all that the package exports. */
async function run(code: string, env: NodeJS.ProcessEnv = {}) {
  const entries = ["index", "iam", "mock"].map((name) => JSON.stringify(path.resolve(`src/${name}.ts`)));
  const names = ["{ createClient, listBackups }", "{ fromMetadata }", "{ startMockServer }"];
  const imports = entries.map((entry, index) => `import ${names[index]} from ${entry};\n`).join("");
  const folder = await temporaryFolder({ "program.ts": imports + code });
  return await runScript(path.join(folder, "program.ts"), [], { env });
}

test.each([false, true])("a listing that is left early lets the process end, with prefetch: %s", async (prefetch) => {
  const first = pages({ backups: [{ id: "1" }, { id: "2" }], nextPageToken: "p" });
  // The second page, which prefetch asks for, never comes.
  const server = await serve((request, response, index) => index === 0 && first(request, response, 0));
  const code = `
    const client = createClient({ token: "t", baseUrl: ${JSON.stringify(server.url)} });
    for await (const { id } of listBackups(client, { clusterId: "c", prefetch: ${prefetch} })) {
      console.log(id);
      break;
    }`;
  expect(await run(code)).toEqual({ status: 0, stdout: "1\n", stderr: "" });
});

test("a cached token lets the process end", async () => {
  const server = await serve((_request, response) => respond(response, 200, { access_token: "t", expires_in: 43_200 }));
  const env = { YC_METADATA_ADDR: server.url };
  expect(await run("console.log(await fromMetadata()());", env)).toEqual({ status: 0, stdout: "t\n", stderr: "" });
});

test("a mock server that is open, with a connection to it, lets the process end", async () => {
  const code = `
    const { url } = await startMockServer();
    await (await fetch(url)).text();
    console.log("done");`;
  expect(await run(code)).toMatchObject({ status: 0, stdout: "done\n", stderr: "" });
});
