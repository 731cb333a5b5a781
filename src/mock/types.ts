// What users see of the mock, apart from the rest, because the types of Prism itself do not compile everywhere.

/** A failure to answer. It comes before anything else: before the check of the request, too. */
export interface MockFault {
  /**
   * The HTTP status, from 400 to 599. One that the description declares is answered with its example. Any other comes as
   * from a gateway: without a body, unless there is a `code`.
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
   * How many requests get it, from 1; Infinity for all of them.
   *
   * @default 1
   */
  readonly times?: number | undefined;
  /**
   * The `Retry-After` of the answer, in whole seconds from 0.
   *
   * @default no such header
   */
  readonly retryAfter?: number | undefined;
  /**
   * Only requests for this page of a listing get it, from 1.
   *
   * @default any request
   */
  readonly at?: { readonly page: number } | undefined;
}

/** A request that the mock has answered. */
export interface MockRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The query; a name that comes twice has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The `pageToken` of the query; undefined when there is none, or an empty one. */
  readonly pageToken: string | undefined;
  /** The status that was answered. */
  readonly status: number;
}
