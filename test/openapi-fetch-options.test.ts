// The kinds of test that openapi-fetch's own suite has for options of a client and of a call, on a plain client and on ours.
import { describe, expect, test, vi } from "vitest";
import { clients, echo } from "./support/clients.js";
import { serve } from "./support/server.js";

const params = { path: { id: "1" } };

describe.each(clients)("%s", (_, create) => {
  /** What the server receives of a call. */
  const receive = async (
    options: Partial<Parameters<typeof create>[0]>,
    call: (client: ReturnType<typeof create>, url: string) => Promise<{ data?: unknown }>,
  ) => {
    const { url } = await serve(echo);
    return (await call(create({ baseUrl: url, ...options }), url)).data;
  };

  test("the baseUrl of a call, with or without a slash at its end, holds for this call only", async () => {
    const { url } = await serve(echo);
    const client = create({ baseUrl: `${url}/v1/` });
    const urls: unknown[] = [];
    for (const baseUrl of [undefined, `${url}/v2`, `${url}/v3/`, "", undefined]) {
      const { data } = await client.GET("/things/{id}", { params, ...(baseUrl !== undefined && { baseUrl }) });
      urls.push(data?.url);
    }
    expect(urls).toEqual(["/v1/things/1", "/v2/things/1", "/v3/things/1", "/v1/things/1", "/v1/things/1"]);
  });

  test("headers of the parameters win over those of the call, and these over those of the client", async () => {
    const headers = { "x-a": "client", "x-b": "client", "x-c": "client", "x-trace": "client", "x-d": 1 };
    const data = await receive({ headers }, (client) =>
      client.GET("/things", {
        params: { header: { "x-trace": "parameter" } },
        headers: { "x-b": "call", "x-c": null, "x-d": undefined, "x-e": ["1", 2, true], "x-trace": "call" },
      }),
    );
    const expected = { "x-a": "client", "x-b": "call", "x-d": "1", "x-e": "1, 2, true", "x-trace": "parameter" };
    expect(data).toMatchObject({ headers: expected });
    expect(data).not.toHaveProperty("headers.x-c");
  });

  test("headers can be an instance of Headers", async () => {
    const data = await receive({ headers: new Headers({ "x-a": "1" }) }, (client) =>
      client.GET("/things/{id}", { params, headers: new Headers({ "x-b": "2" }) }),
    );
    expect(data).toMatchObject({ headers: { "x-a": "1", "x-b": "2" } });
  });

  test("a request is an instance of the Request option, of the client or of the call", async () => {
    class OfClient extends Request {}
    class OfCall extends Request {}
    const seen: unknown[] = [];
    const fetch = async (request: Request) => Response.json({ seen: seen.push(request.constructor) });
    const client = create({ baseUrl: "http://127.0.0.1:1", Request: OfClient, fetch });
    await client.GET("/things/{id}", { params });
    await client.GET("/things/{id}", { params, Request: OfCall });
    expect(seen).toEqual([OfClient, OfCall]);
  });

  test("a request is sent with the fetch of the call, or else with that of the client", async () => {
    const seen: string[] = [];
    const fetcher = (name: string) => async () => Response.json({ seen: seen.push(name) });
    const client = create({ baseUrl: "http://127.0.0.1:1", fetch: fetcher("client") });
    await client.GET("/things/{id}", { params });
    await client.GET("/things/{id}", { params, fetch: fetcher("call") });
    expect(seen).toEqual(["client", "call"]);
  });

  test.each(["client", "call"] as const)(
    "options of a Request and of a framework are set from the %s",
    async (from) => {
      const seen: Request[] = [];
      const own = {
        cache: "no-store",
        credentials: "omit",
        redirect: "manual",
        referrerPolicy: "no-referrer",
        keepalive: true,
      } as const;
      const next = { revalidate: 60, tags: ["a"] };
      const options = { ...own, next };
      const fetch = async (request: Request) => Response.json({ seen: seen.push(request) });
      const client = create({ baseUrl: "http://127.0.0.1:1", fetch, ...(from === "client" ? own : {}) });
      await client.GET("/things/{id}", { params, ...(from === "call" ? options : {}) });
      expect(seen).toMatchObject([from === "call" ? options : own]);
    },
  );

  test.each(["client", "call"] as const)("a request is sent through the dispatcher of the %s", async (from) => {
    const dispatch = vi.fn(() => {
      throw new Error("dispatched");
    });
    const dispatcher = { dispatch };
    const { url } = await serve(echo);
    const client = create({ baseUrl: url, ...(from === "client" && { requestInitExt: { dispatcher } }) });
    const call = client.GET("/things/{id}", { params, ...(from === "call" && { dispatcher }) });
    await expect(call).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining("fetch failed") }));
    expect(dispatch).toHaveBeenCalled();
  });

  test("a signal of the client aborts a call, and so does one of the call", async () => {
    const fetch = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
      });
    for (const from of ["client", "call"]) {
      const controller = new AbortController();
      const { signal } = controller;
      const client = create({ baseUrl: "http://127.0.0.1:1", fetch, ...(from === "client" && { signal }) });
      const call = client.GET("/things/{id}", { params, ...(from === "call" && { signal }) });
      const reason = new Error(from);
      setImmediate(() => controller.abort(reason));
      await expect(call).rejects.toBe(reason);
    }
  });
});
