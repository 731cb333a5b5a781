// Tested by `npm run typecheck`: wrong usage must not compile.
import createOpenapiClient, { type Client } from "openapi-fetch";
import { expectTypeOf, test } from "vitest";
import {
  type Backup,
  type ClientOptions,
  createClient,
  type ListBackupsPage,
  type ListBackupsParams,
  type Listing,
  listBackups,
  paginate,
  type paths,
  type Status,
} from "../src/index.js";
import { clusterId, path } from "./support/description.js";

const client = createClient({ token: "t", baseUrl: "http://127.0.0.1:1" });

test("a backup has the fields of the description, with the right ones optional", () => {
  expectTypeOf<Backup["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Backup["createdAt"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<ListBackupsPage["backups"]>().toEqualTypeOf<Backup[] | undefined>();
});

test("listBackups and paginate give the same listing", () => {
  expectTypeOf(listBackups(client, { clusterId })).toEqualTypeOf<Listing<Backup, ListBackupsPage>>();
  expectTypeOf(paginate(client, path, "backups", { clusterId })).toEqualTypeOf<Listing<Backup, ListBackupsPage>>();
});

test("an option that may be undefined can be passed on under exactOptionalPropertyTypes", () => {
  const maybe = { number: undefined as number | undefined, string: undefined as string | undefined };
  listBackups(client, {
    clusterId,
    pageSize: maybe.number,
    pageToken: maybe.string,
    limit: maybe.number,
    signal: undefined,
  });
  expectTypeOf<{ token: string; baseUrl: string | undefined }>().toExtend<ClientOptions>();
});

test("a wrong parameter does not compile", () => {
  // @ts-expect-error clusterId is required
  listBackups(client, { pageSize: 5 });
  // @ts-expect-error clusterId is a string
  listBackups(client, { clusterId: 5 });
  // @ts-expect-error pageSize is a number
  listBackups(client, { clusterId, pageSize: "5" });
  // @ts-expect-error the parameter is unknown
  listBackups(client, { clusterId, pagesize: 5 });
  expectTypeOf<undefined>().not.toExtend<ListBackupsParams["clusterId"]>();
});

test("a path that does not page, or a field that is not a list of items, does not compile", () => {
  // @ts-expect-error the path is unknown
  paginate(client, "/managed-mysql/v1/hosts", "backups", { clusterId });
  // @ts-expect-error backups is misspelt
  paginate(client, path, "backup", { clusterId });
  // @ts-expect-error nextPageToken is not a list
  paginate(client, path, "nextPageToken", { clusterId });
});

test("a method takes the parameters of the description, and responds with its schemas", () => {
  const call = () => client.GET(path, { params: { path: { clusterId } } });
  type Result = Awaited<ReturnType<typeof call>>;
  expectTypeOf<NonNullable<Result["data"]>>().toExtend<ListBackupsPage>();
  expectTypeOf<NonNullable<Result["error"]>>().toExtend<Status>();
  const calls = () => [
    client.GET(path, { params: { path: { clusterId }, query: { pageSize: 5 } }, redirect: "error" }),
    client.GET(path, { params: { path: { clusterId } }, parseAs: "text" }),
    client.request("get", path, { params: { path: { clusterId } } }),
    // @ts-expect-error clusterId is required
    client.GET(path),
    // @ts-expect-error clusterId is required
    client.GET(path, { params: { path: {} } }),
    // @ts-expect-error the parameter is unknown
    client.GET(path, { params: { path: { clusterId }, query: { pagesize: 5 } } }),
    // @ts-expect-error the path is unknown
    client.GET("/backups"),
  ];
  expectTypeOf(calls).toBeFunction();
});

test("the client is an openapi-fetch client", () => {
  expectTypeOf(client).toEqualTypeOf<Client<paths>>();
});

test("a client of openapi-fetch can be listed", () => {
  listBackups(createOpenapiClient<paths>({ baseUrl: "http://127.0.0.1:1" }), { clusterId });
});

test("a client can be created without a token", () => {
  expectTypeOf(createClient).toBeCallableWith();
  // @ts-expect-error an environment variable can be unset
  const options: ClientOptions = { token: process.env["YC_TOKEN"] };
  expectTypeOf(options).toEqualTypeOf<ClientOptions>();
});
