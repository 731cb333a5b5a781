// Serves listings of any length from prepared bytes: it must cost little beside the clients that are measured.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { makeBackup, readClusterId } from "./job.js";

const token = process.argv[2];
const maxPageSize = 1000;
const route = /^\/managed-mysql\/v1\/clusters\/([^/]+)\/backups$/;

/** The start of a page's body, up to the end of its list, by the number of backups on the page. */
const bodies = new Map<number, Buffer>([[0, Buffer.from("{")]]);
const backups = Array.from({ length: maxPageSize }, (_, index) => {
  return JSON.stringify(makeBackup(index, "c9q8m2k4v7x1n5t3b6h0"));
});

function bodyOf(size: number): Buffer {
  const body = bodies.get(size) ?? Buffer.from(`{"backups":[${backups.slice(0, size).join()}]`);
  bodies.set(size, body);
  return body;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "", "http://localhost");
  const cluster = readClusterId(route.exec(url.pathname)?.[1] ?? "");
  if (request.headers.authorization !== `Bearer ${token}`) return refuse(response, 401);
  if (!cluster) return refuse(response, 404);
  const offset = readPageToken(url.searchParams.get("pageToken"));
  const pageSize = Number(url.searchParams.get("pageSize") ?? 100);
  if (!(offset >= 0 && pageSize > 0 && pageSize <= maxPageSize)) return refuse(response, 400);

  if (cluster.delay > 0) await sleep(cluster.delay);
  const size = Math.min(pageSize, cluster.backups - offset);
  const end = offset + size;
  const start = bodyOf(size);
  const rest = end < cluster.backups ? `${size > 0 ? "," : ""}"nextPageToken":"${pageToken(end)}"}` : "}";
  response.writeHead(200, { "content-type": "application/json", "content-length": start.length + rest.length });
  response.cork(); // one write for both
  response.write(start);
  response.end(rest);
});

/** Opaque to the clients, and another one for each page. */
function pageToken(offset: number): string {
  return Buffer.from(`after:${offset}`).toString("base64url");
}

function readPageToken(value: string | null): number {
  if (value === null) return 0;
  return Number(/^after:(\d+)$/.exec(Buffer.from(value, "base64url").toString())?.[1]);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

// A contender waits while the others run. Were its connection closed meanwhile, a request could run into that.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send?.({ ready: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit());
