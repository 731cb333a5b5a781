// Generated from openapi/iam.yaml by `npm run generate`. Do not edit.

/** The description's first server. */
export const server = "https://iam.api.cloud.yandex.net";

// What several operations have is here once, so that a further operation costs few bytes in a bundle.

/** What the client knows of each operation, by method and path. */
export const operations = {
  "POST /iam/v1/tokens": {  },
} as const;

/** The schema of what a GET responds with when it succeeds, by path. */
export interface Responses {
}

/** The paths whose GET is deprecated. */
export type DeprecatedPath = never;
