// `npm run generate` and `npm run lint` as commands. What they do is tested in process, in generate.test.ts and description.test.ts.
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { libraryProject } from "../support/library.js";
import { edit } from "../support/project.js";
import { runScript } from "../support/run.js";

const script = path.resolve("scripts/generate.ts");

/** Ends a process, loudly, as soon as it tries to connect or to look a name up. */
const closedNetwork = `
import dns from "node:dns";
import net from "node:net";
const refuse = (name) => () => { process.stderr.write("network: " + name); process.exit(99); };
net.Socket.prototype.connect = refuse("connect");
dns.lookup = refuse("lookup");
dns.promises.lookup = refuse("lookup");
`;

test("npm run generate needs no network", async () => {
  const root = await libraryProject();
  const closed = path.join(root, "closed.mjs");
  await writeFile(closed, closedNetwork);
  const env = { NODE_OPTIONS: `--import ${pathToFileURL(closed)}` };
  const run = await runScript(script, [], { cwd: root, env });
  expect(run).toEqual({ status: 0, stdout: "generated/ is up to date\n", stderr: "" });
});

test("npm run generate -- --check fails with a line for each stale file, and the command to run", async () => {
  const root = await libraryProject();
  await rm(path.join(root, "generated/openapi.json"));
  const { status, stderr } = await runScript(script, ["--check"], { cwd: root });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "generated/openapi.json is missing\nRun: npm run generate\n",
  });
});

test("npm run lint and npm run generate fail on an error with the same words", async () => {
  const root = await libraryProject();
  const file = "openapi/components/parameters/ShelfId.yaml";
  await edit(root, file, (yaml) => yaml.replace("maxLength: 50", "minLength: 1"));
  const [lint, generation] = await Promise.all([["--lint"], []].map((args) => runScript(script, args, { cwd: root })));
  const place = new RegExp(`^${file}:5:1 rule/string-parameter-has-max-length: `);
  expect(lint).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(place) });
  expect(generation).toEqual(lint);
});
