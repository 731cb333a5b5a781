import { type Redact, redactor } from "./redact.js";

/** The details of a call that errors and events have. */
export interface CallDetails {
  method: string;
  /** The path of the request, without the query. */
  path: string;
  /** The number of attempts, the current one included. */
  attempts: number;
  /** The `x-client-request-id` of the last attempt. */
  clientRequestId: string | undefined;
  /** Redacts secrets, among them the tokens of the call. */
  redact: Redact;
  /** In a listing, the token of the page. */
  pageToken?: string | undefined;
  /** Whether a client of this package makes the call: it throws network failures as errors of this package. */
  isClassified?: boolean;
}

/** The details of a call that has not been sent yet. */
export function detailsOf(method: string, path: string): CallDetails {
  return { method, path, attempts: 1, clientRequestId: undefined, redact: redactor() };
}
