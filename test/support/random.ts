import fc from "fast-check";

// What fails prints its seed, and `SEED=<the seed> npx vitest run <file>` runs the same values again.
const seed = process.env["SEED"];
if (seed) fc.configureGlobal({ seed: Number(seed) });

export default fc;
