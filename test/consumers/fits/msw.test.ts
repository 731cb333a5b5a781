import { createClient, listBackups, type paths } from "managed-mysql-client";
import { setupServer } from "msw/node";
import { createOpenApiHttp } from "openapi-msw";
import { afterAll, beforeAll, expect, test } from "vitest";

const http = createOpenApiHttp<paths>({ baseUrl: "https://mdb.api.cloud.yandex.net" });
const server = setupServer(
  http.get("/managed-mysql/v1/clusters/{clusterId}/backups", ({ params, query, response }) => {
    if (params.clusterId !== "mine") return response(404).json({ code: 5, message: "No such cluster" });
    if (query.get("pageToken") === "second") return response(200).json({ backups: [{ id: "2" }] });
    return response(200).json({ backups: [{ id: "1" }], nextPageToken: "second" });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

const client = createClient({ token: "any" });

test("lists both pages", async () => {
  expect(await listBackups(client, { clusterId: "mine" }).toArray()).toEqual([{ id: "1" }, { id: "2" }]);
});

test("says that there is no such cluster", async () => {
  const listing = listBackups(client, { clusterId: "other" });
  await expect(listing.toArray()).rejects.toMatchObject({ name: "ApiError", status: 404, grpcCode: 5 });
});
