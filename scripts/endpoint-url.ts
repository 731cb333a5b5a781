/** The URL of an endpoint. The provider's own tools take YC_ENDPOINT as `host:port`, without a scheme. */
export function endpointUrl(endpoint = process.env["YC_ENDPOINT"]): string | undefined {
  return endpoint && !/^https?:/.test(endpoint) ? `https://${endpoint}` : endpoint || undefined;
}
