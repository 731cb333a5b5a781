// `npm run generate` and `npm run lint` as commands. Their results are tested in process, in generate.test.ts and description.test.ts.
import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { libraryProject } from "../support/library.js";
import { edit } from "../support/project.js";
import { runScript } from "../support/run.js";

const script = path.resolve("scripts/generate.ts");

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
