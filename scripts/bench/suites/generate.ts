// The generator beside openapi-typescript's command, with descriptions of one list operation and of many.
import { run, saveToWritten } from "../commands.js";
import { createProject } from "../create-project.js";
import { defineSuite } from "../suite.js";

const cold = { contender: "npm run generate", beside: "openapi-typescript", goal: 1.6, effort: "seldom" } as const;
const warm = { contender: "a save with --watch", effort: "seldom" } as const;

export default defineSuite({
  contenders: {
    async "npm run generate"({ size: operations }) {
      const { root } = await createProject(operations);
      return () => run("generate", [], root);
    },
    async "openapi-typescript"({ size: operations }) {
      const { spec, elsewhere } = await createProject(operations);
      return () => run("openapi-typescript", [spec, "--output", "openapi.ts"], elsewhere);
    },
    async "a save with --watch"({ size: operations }) {
      return saveToWritten(await createProject(operations));
    },
  },
  rows: [
    { ...cold, title: "types of 1 operation", size: 1 },
    { ...cold, title: "types of 500 operations", size: 500 },
    { ...warm, title: "types of 1 operation", size: 1, goal: 300 },
    { ...warm, title: "types of 500 operations", size: 500, goal: 2500 },
  ],
});
