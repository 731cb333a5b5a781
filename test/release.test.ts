import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { repositoryProblem } from "../scripts/release/repository.js";

describe("the repository in package.json", () => {
  test.each([
    ["git+https://example.com/o/r.git", "https://example.com/o/r.git"],
    ["git+https://example.com/o/r.git", "git@example.com:o/r.git"],
    ["https://example.com/o/r", "ssh://git@example.com/O/R/"],
    ["https://example.com/o/r", undefined],
  ])("%s fits the remote %s", (url, origin) => {
    expect(repositoryProblem(url, origin)).toBeUndefined();
  });

  test.each([
    [undefined, "https://example.com/o/r", "no `repository.url`"],
    ["", undefined, "no `repository.url`"],
    ["https://example.com/o/fork", "https://example.com/o/r", "but the remote is https://example.com/o/r"],
  ])("%s is reported with the remote %s", (url, origin, problem) => {
    expect(repositoryProblem(url, origin)).toContain(problem);
  });
});

describe("a workflow", () => {
  const read = (name: string) => readFile(`.github/workflows/${name}.yml`, "utf8");

  test.each(["ci", "description", "docs", "release"])("%s keeps no credentials in a checkout", async (name) => {
    const text = await read(name);
    const count = (part: string) => text.split(part).length - 1;
    expect(count("persist-credentials: false")).toBe(count("actions/checkout@"));
  });

  test("that releases waits for approval, and publishes the docs itself", async () => {
    const text = await read("release");
    expect(text).toMatch(/publish:.*environment: npm.*npm publish/s);
    expect(text).toMatch(/docs:\n +needs: publish.*uses: \.\/\.github\/workflows\/docs\.yml/s);
    expect(await read("docs")).toContain("workflow_call:");
  });
});
