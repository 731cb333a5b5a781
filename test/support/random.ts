import fc from "fast-check";

// A test that fails prints its seed, and `SEED=<the seed> npx vitest run <file>` runs it with the same values again.
const seed = process.env["SEED"];
if (seed) fc.configureGlobal({ seed: Number(seed) });

/** How often a test runs with random values: as often in CI, and a fifth of that elsewhere. `CI=true` makes it run all. */
export const runs = (count: number): { numRuns: number } => ({
  numRuns: process.env["CI"] ? count : Math.ceil(count / 5),
});

export default fc;
