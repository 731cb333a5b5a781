import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { saves } from "../generate/saves.js";
import { stopSignal } from "../stop-signal.js";
import { buildDocs } from "./build-docs.js";

/** The script of a watched page: it reloads the page, or shows the problem of the last build. */
const script = `<script>
const events = new EventSource("events");
events.addEventListener("built", () => location.reload());
events.addEventListener("problem", ({ data }) => {
  const box = document.querySelector("#problem") ?? document.body.appendChild(document.createElement("pre"));
  box.id = "problem";
  box.textContent = JSON.parse(data);
  box.style = "position: fixed; inset: auto 0 0; z-index: 9999; margin: 0; padding: 1em; color: #fff; background: #8a1c1c";
});
</script>`;

/** The files to serve by their paths, with their types. */
const files: Readonly<Record<string, readonly [name: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/openapi.json": ["openapi.json", "application/json"],
  "/openapi.yaml": ["openapi.yaml", "application/yaml"],
};

/**
 * Serves the docs on 127.0.0.1, and builds them anew after each save of the description. A description with a problem
 * leaves the last good page in place. Returns when the process is asked to end.
 *
 * @param port 0 takes a free one
 * @throws {Error} naming the port when it is taken; and when the description cannot be watched
 */
export async function watchDocs(root: string, out: string, port: number, api?: string): Promise<void> {
  const stop = stopSignal();
  const readers = new Set<ServerResponse>();
  let problem: string | undefined;

  const server = createServer((request, response) => {
    if (request.url !== "/events") return void serveFile(out, request.url ?? "/", response);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).flushHeaders();
    readers.add(response.on("close", () => readers.delete(response)));
    if (problem !== undefined) tell(response, "problem", problem);
  });
  const url = await listen(server, port);
  console.log(`The docs are at ${url}, and follow the description. Ctrl-C stops them.`);

  try {
    for await (const isDue of saves(root, stop)) {
      problem = await buildDocs(root, out, api).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (stop.aborted) break; // Ctrl-C ends the build, too, which is not a problem of the description
      if (problem !== undefined && isDue()) continue;
      console.log(problem ?? "Built the docs");
      for (const reader of readers) tell(reader, problem === undefined ? "built" : "problem", problem);
    }
  } finally {
    server.close().closeAllConnections();
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`The docs cannot be served on port ${port}: ${error.message}`)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function serveFile(out: string, url: string, response: ServerResponse): Promise<void> {
  const [name, type] = files[url] ?? [];
  if (name === undefined) return void response.writeHead(404).end();
  const text = await readFile(path.join(out, name), "utf8").catch(() => ""); // not built yet
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  response.end(name === "index.html" ? live(text) : text);
}

function live(page: string): string {
  return page.replace("default-src 'none'", "default-src 'none'; connect-src 'self'") + script;
}

function tell(reader: ServerResponse, event: "built" | "problem", data: unknown): void {
  reader.write(`event: ${event}\ndata: ${JSON.stringify(data ?? null)}\n\n`);
}
