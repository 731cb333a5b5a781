// Generated from openapi/iam.yaml by `npm run generate`. Do not edit.

/** The description's first server. */
export const server = "https://iam.api.cloud.yandex.net";

/** What the description says of each operation's parameters, by method and path. */
export const operations = {
  "POST /iam/v1/tokens": {}
} as const;

/** The schema of what a GET answers with 200, by path. */
export interface Answers {
}
