// The public types, apart from the rest, because Prism's own types do not compile everywhere.

/** A failed response. It comes before anything else, the validation of the request included. */
export interface MockFault {
  /**
   * The HTTP status, from 400 to 599. If the description has it, the response is its example. Any other comes as from a
   * gateway: without a body, unless there is a `code`.
   *
   * @default the status whose example has the `code`
   */
  readonly status?: number | undefined;
  /**
   * The gRPC code in the body, for example 8.
   *
   * @default the code of the example
   */
  readonly code?: number | undefined;
  /**
   * How many requests fail, from 1; Infinity for all of them.
   *
   * @default 1
   */
  readonly times?: number | undefined;
  /**
   * The `Retry-After` header of the response, in whole seconds from 0.
   *
   * @default no such header
   */
  readonly retryAfter?: number | undefined;
  /**
   * Only requests for this page of a list fail, from 1.
   *
   * @default any request
   */
  readonly at?: { readonly page: number } | undefined;
}

/** A request that the mock server has responded to. */
export interface MockRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The query; a name that comes twice has an array. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The `pageToken` of the query; undefined when there is none, or an empty one. */
  readonly pageToken: string | undefined;
  /** The status of the response. */
  readonly status: number;
}
