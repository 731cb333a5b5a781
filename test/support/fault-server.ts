// A server that fails as networks and gateways do: connections that are cut, endless bodies, the pages of gateways.
// Users get the faults of src/mock/faults.ts instead, which follow the description and are tested in mock-faults.test.ts.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Backup, type ClientOptions, createClient, type ListBackupsParams, listBackups } from "../../src/index.js";
import { TestClock } from "./clock.js";
import { type Fault, type FaultName, faults } from "./faults.js";
import { refusing, respond } from "./server.js";

const idHeader = "x-client-request-id";

/** A listing on the fault server: its pages, and the faults that come before each page is sent. */
export interface Scenario {
  readonly pages: readonly (readonly Backup[])[];
  readonly schedule: readonly (readonly FaultName[])[];
  /** Whether the last fault of a page goes on for ever. */
  readonly always?: boolean;
}

interface State {
  readonly scenario: Scenario;
  readonly clock: TestClock;
  /** How many faults of each page have been met. */
  readonly met: number[];
  /** How often each page was sent. */
  readonly served: number[];
  /** The attempt that was met last: a redirect brings it back, and must not count again. */
  last: { id: string | null; fault: FaultName | undefined };
}

/** A real HTTP server on which many listings run at once, each with faults and a clock of its own. */
export class FaultServer {
  readonly #listings = new Map<string, State>();
  readonly #servers: Server[] = [];
  url = "";
  #elsewhere = "";
  #refusing: Awaited<ReturnType<typeof refusing>> | undefined;
  /** Requests to the other origin that came with a token. */
  leaks = 0;
  /** Attempts so far. */
  requests = 0;

  async start(): Promise<this> {
    this.#refusing = await refusing();
    this.url = await this.#listen((request, response) => this.#serve(request, response));
    this.#elsewhere = await this.#listen((request, response) => {
      if (request.headers.authorization !== undefined) this.leaks += 1;
      const { state, index } = this.#find(request);
      respond(response, 200, body(state, index));
    });
    return this;
  }

  async close(): Promise<void> {
    this.#refusing?.close();
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  /** Opens a listing, and returns the functions that run it, repair it and close it. */
  open(id: string, scenario: Scenario) {
    const clock = new TestClock();
    const count = scenario.pages.length;
    const zeros = (): number[] => Array(count).fill(0);
    const state: State = { scenario, clock, met: zeros(), served: zeros(), last: { id: null, fault: undefined } };
    this.#listings.set(id, state);
    const list = (params: Partial<ListBackupsParams> = {}, options: ClientOptions = {}) => {
      const client = createClient(
        clock.options({
          token: async () => "a-token-that-no-other-origin-may-see",
          baseUrl: this.url,
          maxResponseSize: 2 ** 20,
          fetch: (request) => fetch(this.#route(state, request)),
          ...options,
        }),
      );
      return listBackups(client, { clusterId: id, ...params });
    };
    /** Ends all faults from now on. */
    const repair = (): void => void state.met.fill(Number.POSITIVE_INFINITY);
    const close = (): void => {
      clock.end();
      this.#listings.delete(id);
    };
    return { list, repair, served: state.served, close };
  }

  async #listen(listener: RequestListener): Promise<string> {
    // It never ends a connection that is kept alive: a client can be about to use it, and would meet one fault more.
    const server = createServer({ keepAliveTimeout: 0 }, listener);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #find({ url = "" }: { url?: string | undefined }): { state: State; index: number } {
    const { pathname, searchParams } = new URL(url, this.url);
    const state = this.#listings.get(pathname.split("/")[4] ?? "");
    if (!state) throw new Error(`No listing for ${url}`);
    return { state, index: Number(searchParams.get("pageToken")?.slice(1) ?? 0) };
  }

  /** The fault of this attempt; undefined when its page is to be sent. */
  #meet(state: State, index: number, id: string | null): FaultName | undefined {
    if (id === null || id !== state.last.id) {
      this.requests += 1;
      const { scenario, met } = state;
      const schedule = scenario.schedule[index] ?? [];
      const count = met[index] ?? 0;
      const goesOn = scenario.always && count < Number.POSITIVE_INFINITY;
      const fault = schedule[count] ?? (goesOn ? schedule.at(-1) : undefined);
      met[index] = count + 1;
      state.last = { id, fault };
    }
    return state.last.fault;
  }

  /** A connection is refused before a server knows of it, so that is for the client's fetch to do. */
  #route(state: State, request: Request): Request {
    const { index } = this.#find(request);
    const fault = this.#meet(state, index, request.headers.get(idHeader));
    return fault === "refused" && this.#refusing ? new Request(this.#refusing.url, request) : request;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { state, index } = this.#find(request);
    const name = this.#meet(state, index, String(request.headers[idHeader]));
    if (name === undefined) {
      respond(response, 200, this.#page(state, index));
      return;
    }
    const fault: Fault = faults[name];
    if (fault.right === "accept") state.served[index] = (state.served[index] ?? 0) + 1;
    const elsewhere = `${this.#elsewhere}${request.url}`;
    fault.serve({ request, response, page: body(state, index), expire: () => state.clock.expire(), elsewhere });
  }

  #page(state: State, index: number): unknown {
    state.served[index] = (state.served[index] ?? 0) + 1;
    return body(state, index);
  }
}

function body({ scenario: { pages } }: State, index: number): unknown {
  const more = index + 1 < pages.length && { nextPageToken: `p${index + 1}` };
  return { backups: pages[index] ?? [], ...more };
}
