import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createClient } from "managed-mysql-client";
import createQueryClient from "openapi-react-query";

const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"] });
const api = createQueryClient(client);
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } }); // the client has retried

const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
const params = { path: { clusterId: process.env["CLUSTER_ID"] ?? "" } };

function Newest() {
  const { data } = api.useQuery("get", path, { params: { ...params, query: { pageSize: 1 } } });
  return <h1>{data?.backups?.[0]?.id}</h1>;
}

function Backups() {
  const { data, error, hasNextPage, fetchNextPage, isFetching } = api.useInfiniteQuery(
    "get",
    path,
    { params },
    {
      pageParamName: "pageToken",
      initialPageParam: "",
      getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    },
  );
  if (error) return <p>{error.message}</p>;
  const backups = data?.pages.flatMap((page) => page.backups ?? []) ?? [];
  return (
    <>
      <ul>
        {backups.map(({ id }) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
      {(isFetching || hasNextPage) && (
        <button type="button" onClick={() => fetchNextPage()}>
          More
        </button>
      )}
    </>
  );
}

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <Newest />
    <Backups />
  </QueryClientProvider>
);
