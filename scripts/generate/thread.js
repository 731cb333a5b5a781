// @ts-check
// A thread for what needs no Redocly: TypeScript loads there while Redocly does here, and it works while Redocly lints.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/**
 * @typedef {object} Rendered
 * @property {string} openapi the text of openapi.ts
 * @property {string} schemas the text of schemas.ts
 * @property {boolean} examplesFit whether each example surely fits its schema
 */

/** @type {Worker | undefined} */
let worker;
/** The thread does one thing at a time. */
let last = Promise.resolve();

/** Starts the thread, unless it runs already. It ends with the process, and does not keep it alive. */
export function startThread() {
  if (worker) return worker;
  worker = new Worker(new URL("worker.js", import.meta.url));
  worker.once("exit", () => (worker = undefined));
  worker.unref();
  return worker;
}

/**
 * @param {import("@redocly/openapi-core").Oas3_1Definition} description bundled
 * @returns {Promise<Rendered>}
 */
export function renderInThread(description) {
  const result = last.then(async () => {
    const thread = startThread();
    thread.ref();
    thread.postMessage(description);
    const [answer] = await once(thread, "message");
    thread.unref();
    if (answer.error) throw answer.error;
    return answer;
  });
  last = result.catch(() => {});
  return result;
}
