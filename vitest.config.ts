import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/mock-server.ts"],
    // Tests that start a process of their own wait for it on a busy machine.
    testTimeout: 60_000,
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: "node_modules/.vitest/report.json" }]]
      : ["default"],
  },
});
