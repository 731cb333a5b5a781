// The mock server beside plain Prism, on which it runs.
import { importMock, importTime } from "../commands.js";
import { byBareFetch, timed } from "../listing.js";
import { startServer } from "../processes.js";
import { type Contender, defineSuite, type ServerName } from "../suite.js";

const pageSize = 100;
const clusterId = "c9q8m2k4v7x1n5t3b6h0"; // to which the backups belong that the mock makes up

const requests: Contender = (context) => {
  const getPage = byBareFetch(context);
  return timed(pageSize, async () => (await getPage(clusterId, pageSize)).backups?.length, context.size);
};

/** The time until a server listens, and then its end. */
async function startTime(start: () => Promise<() => Promise<void>>): Promise<number> {
  const begin = performance.now();
  const end = await start();
  const time = performance.now() - begin;
  await end();
  return time;
}

function start(name: ServerName): Contender {
  return () => () => startTime(async () => (await startServer(name)).end);
}

const startInProcess: Contender = async () => {
  const { startMockServer } = await importMock();
  return () => startTime(async () => (await startMockServer({ backups: 2500 })).close);
};

const request = { title: "a request to the mock", size: 20, effort: "often" } as const;
const started = { title: "the start of the mock", effort: "seldom" } as const;

export default defineSuite({
  server: { "the mock": "mock", "plain Prism": "prism" },
  contenders: {
    "the mock": requests,
    "plain Prism": requests,
    "the mock's process": start("mock"),
    "plain Prism's process": start("prism"),
    "the mock, Prism loaded": startInProcess,
    "managed-mysql-client/mock": () => importTime("managed-mysql-client/mock"),
  },
  rows: [
    // Its goal is 70 % of Prism's rate.
    { ...request, contender: "the mock", beside: "plain Prism", goal: 1.43 },
    { ...started, contender: "the mock's process", beside: "plain Prism's process" },
    { ...started, contender: "the mock, Prism loaded", goal: 100 },
    { title: "import", contender: "managed-mysql-client/mock", effort: "seldom" },
  ],
});
