// @ts-check
// The other end of thread.js. It answers one description after the other.
import "./compile-cache.js";
import { parentPort } from "node:worker_threads";

const { examplesFit } = await import("./examples.js");
const { types } = await import("./types.js");

parentPort?.on("message", (/** @type {import("@redocly/openapi-core").Oas3_1Definition} */ description) => {
  try {
    const fit = examplesFit(description); // before the other writes to the description
    parentPort?.postMessage({ ...types(description), examplesFit: fit });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
