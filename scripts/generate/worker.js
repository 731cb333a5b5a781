// @ts-check
// The other end of thread.js. It answers one description after the other.
import "./compile-cache.js";
import { parentPort } from "node:worker_threads";

const { types } = await import("./types.js");

parentPort?.on("message", (/** @type {import("@redocly/openapi-core").Oas3_1Definition} */ description) => {
  try {
    parentPort?.postMessage({ files: types(description) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
