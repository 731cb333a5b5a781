import { createClient } from "managed-mysql-client";
import { createInfiniteHook, createQueryHook } from "swr-openapi";

const client = createClient({ token: "any", baseUrl: process.env["BASE_URL"] });
const useQuery = createQueryHook(client, "managed-mysql");
const useInfinite = createInfiniteHook(client, "managed-mysql");

const path = "/managed-mysql/v1/clusters/{clusterId}/backups";
const params = { path: { clusterId: process.env["CLUSTER_ID"] ?? "" } };

function Newest() {
  const { data } = useQuery(path, { params: { ...params, query: { pageSize: 1 } } });
  return <h1>{data?.backups?.[0]?.id}</h1>;
}

function Backups() {
  const { data, error, isLoading, isValidating, setSize } = useInfinite(path, (index, previous) => {
    const pageToken = previous?.nextPageToken ?? "";
    return index > 0 && !pageToken ? null : { params: { ...params, query: { pageToken } } };
  });
  if (error) return <p>{error.message}</p>;
  const backups = data?.flatMap((page) => page.backups ?? []) ?? [];
  const hasMore = isLoading || isValidating || data?.at(-1)?.nextPageToken;
  return (
    <>
      <ul>
        {backups.map(({ id }) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" onClick={() => setSize((size) => size + 1)}>
          More
        </button>
      )}
    </>
  );
}

export const App = () => (
  <>
    <Newest />
    <Backups />
  </>
);
