// @ts-check
// Renders the types in a thread: TypeScript loads there while Redocly does here, and works while Redocly lints.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

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
 * @returns {Promise<{ openapi: string, schemas: string }>} the text of openapi.ts, and of schemas.ts
 */
export function typesInThread(description) {
  const result = last.then(async () => {
    const thread = startThread();
    thread.ref();
    thread.postMessage(description);
    const [answer] = await once(thread, "message");
    thread.unref();
    if (answer.error) throw answer.error;
    return answer.files;
  });
  last = result.catch(() => {});
  return result;
}
