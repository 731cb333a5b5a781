// @ts-check
// Renders the types in a thread: TypeScript takes as long to load as all that comes before it, so it loads meanwhile.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** @type {Worker | undefined} */
let worker;
/** The thread does one thing at a time. */
let last = Promise.resolve();

/** Starts the thread, unless it runs already. It ends with the process, and does not keep it alive. */
export function startTypes() {
  if (worker) return worker;
  worker = new Worker(new URL("types-worker.js", import.meta.url));
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
    const thread = startTypes();
    thread.ref();
    thread.postMessage(description);
    const [answer] = await once(thread, "message");
    thread.unref();
    if (answer.error) throw answer.error;
    return answer.files;
  });
  last = result.then(
    () => {},
    () => {},
  );
  return result;
}
