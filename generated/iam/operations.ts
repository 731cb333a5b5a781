// Generated from openapi/iam.yaml by `npm run generate`. Do not edit.

/** The description's first server. */
export const server = "https://iam.api.cloud.yandex.net";

// Values that operations share are written once, so that a further operation costs few bytes in a bundle.

/** Each operation, as far as the client uses it, by method and path. */
export const operations = {
  "POST /iam/v1/tokens": {  },
} as const;

/** The schema of the successful response of a GET, by path. */
export interface Responses {
}

/** The paths whose GET is deprecated. */
export type DeprecatedPath = never;
