import fc from "fast-check";

// A test that fails prints its seed, and `SEED=<the seed> npx vitest run <file>` runs it with the same values again.
const seed = process.env["SEED"];
if (seed) fc.configureGlobal({ seed: Number(seed) });

/** How often a test runs with random values: as often with `CI=true`, and a twenty-fifth of that elsewhere. */
export const runs = (count: number): { numRuns: number } => ({
  numRuns: process.env["CI"] ? count : Math.ceil(count / 25),
});

export default fc;
