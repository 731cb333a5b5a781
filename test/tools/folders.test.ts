// A project can lie in a folder whose name means something in a URL, a pattern or a shell.
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { load } from "../../scripts/description/load.js";
import { descriptionIn } from "../../scripts/diff/read-revision.js";
import { startMockServer } from "../../src/mock.js";
import { libraryProject, spec } from "../support/library.js";
import { edit } from "../support/project.js";
import { closedNetwork, runScript } from "../support/run.js";

/** A name cannot have a question mark on Windows. */
const mark = process.platform === "win32" ? "" : "?";

async function projectIn(name: string): Promise<string> {
  const top = await libraryProject("README.md");
  const root = `${top} ${name}`;
  await rename(top, root);
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

describe.each(["C# projects", "100%", "a%20b", "50%23", "a%2Fb", "(1)+[2] {x}", "$& $1", "проект é", `why${mark} ##1`])(
  "in the folder %j",
  (name) => {
    test(`a description in the folder ${name} is linted, bundled, compared and served`, async () => {
      const root = await projectIn(name);
      expect(await descriptionIn(root, spec)).toEqual(await load(root));
      await using mock = await startMockServer({ spec: path.join(root, spec) });
      const headers = { authorization: "Bearer any" };
      expect((await fetch(mock.url + mock.examplePaths[0], { headers })).status).toBe(200);
      await edit(root, "openapi/components/parameters/ShelfId.yaml", (yaml) =>
        yaml.replace("maxLength: 50", "minLength: 1"),
      );
      await expect(load(root)).rejects.toThrow(/^openapi\/components\/parameters\/ShelfId\.yaml:5:1 /);
    });
  },
);

test.each([
  ["generate", "generated/ is up to date\n"],
  ["docs", expect.stringContaining("site")],
])("npm run %s works in a folder of any name, without a network", async (script, stdout) => {
  const root = await projectIn(`C# 100% a%23b a%2Fb (1)+[2] $& проект ${mark}`);
  const run = await runScript(path.resolve(`scripts/${script}.ts`), [], { cwd: root, env: closedNetwork });
  expect(run).toEqual({ status: 0, stdout, stderr: "" });
});
