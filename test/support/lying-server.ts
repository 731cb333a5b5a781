import { readFileSync } from "node:fs";
import type { MockOptions } from "../../src/mock.js";
import { mockWith } from "./mock.js";
import { serve, type TestServer } from "./server.js";

/** A response on its way. */
export interface Passing {
  status: number;
  headers: Record<string, string>;
  /** JSON, or a text. */
  body: unknown;
}

/** What a server does differently from the mock server, which does what the description says. */
export interface Lie {
  /** Changes a request. */
  readonly request?: (url: URL) => void;
  /** Changes the response to it; none, to close the connection. */
  readonly response?: (passing: Passing, url: URL) => Passing | undefined;
}

/** All of these lies. */
export function together(lies: readonly Lie[]): Lie {
  return {
    request: (url) => {
      for (const lie of lies) lie.request?.(url);
    },
    response: (passing, url) =>
      lies.reduce<Passing | undefined>((last, lie) => (last && lie.response ? lie.response(last, url) : last), passing),
  };
}

/** A server that lies, and else passes on what the mock server responds. */
export async function lyingServer(lie: Lie, options: MockOptions = { backups: 250 }): Promise<TestServer> {
  const mock = await mockWith(options);
  return await serve(async (request, response) => {
    const url = new URL(request.url ?? "", mock.url);
    const { authorization, prefer } = request.headers;
    const headers = new Headers();
    if (authorization !== undefined) headers.set("authorization", authorization);
    if (typeof prefer === "string") headers.set("prefer", prefer);
    const sent = new URL(url);
    lie.request?.(sent);
    const honest = await fetch(sent, { headers });
    const type = honest.headers.get("content-type") ?? "";
    const passing = { status: honest.status, headers: { "content-type": type }, body: await honest.json() };
    const changed = lie.response ? lie.response(passing, url) : passing;
    if (!changed) return response.destroy();
    const { body } = changed;
    return response
      .writeHead(changed.status, changed.headers)
      .end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** The lines of a YAML file that lead to a place, as `properties > size > type: string`. */
export function lineAt(place: string): string {
  const [, file = "", line = ""] = /^(.+):(\d+):\d+$/.exec(place) ?? [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, Number(line));
  const indentOf = (text: string): number => text.search(/\S/);
  const path: string[] = [];
  for (let indent = Number.POSITIVE_INFINITY; lines.length > 0; ) {
    const text = lines.pop() ?? "";
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    path.unshift(text.trim().replace(/:$/, ""));
    indent = indentOf(text);
  }
  return `${file}: ${path.join(" > ")}`;
}
