import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Tests that start a process of their own wait for it on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many of them wait for such a process, and leave one CPU to another test.
    maxWorkers: "100%",
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: process.env["REPORT"] ?? "node_modules/.vitest/report.json" }]]
      : ["default"],
    projects: [
      {
        extends: true,
        test: {
          name: "source",
          include: ["test/*.test.ts"],
          globalSetup: ["test/support/mock-server.ts"],
          // The files of a worker share its modules, which saves a quarter of the CPU. What a test stubs is put back before the next.
          isolate: false,
        },
      },
      {
        // The scripts as processes, the docs page in a browser, and the package as it is built.
        extends: true,
        test: { name: "tools", include: ["test/tools/*.test.ts"] },
      },
      {
        // The package as users install it, from the registry. The other tests need no network.
        extends: true,
        test: {
          name: "installed",
          include: ["test/installed/*.test.ts"],
          globalSetup: ["test/support/mock-server.ts", "test/installed/project.ts"],
        },
      },
    ],
  },
});
