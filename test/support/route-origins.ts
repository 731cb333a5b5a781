import { onTestFinished, vi } from "vitest";

/** Sends the requests for an origin to a local server, until the test ends. */
export function route(origins: Readonly<Record<string, string>>): void {
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    if (typeof input === "string") return await fetch(input, init); // a test server's own
    const { origin, pathname, search } = new URL(input.url);
    return await fetch(new Request((origins[origin] ?? origin) + pathname + search, input));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
}
