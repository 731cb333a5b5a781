import { type Redact, redactor } from "./redact.js";

/** What errors and events say about a call. */
export interface CallDetails {
  method: string;
  /** The path of the request, without the query. */
  path: string;
  /** How many times the request was sent, or was about to be. */
  attempts: number;
  /** The `x-client-request-id` of the last attempt. */
  clientRequestId: string | undefined;
  /** Knows the tokens of the call. */
  redact: Redact;
  /** In a listing, the token of the page. */
  pageToken?: string | undefined;
  /** Whether a client of this package makes the call: its network failures are errors of this package already. */
  isClassified?: boolean;
}

/** The details of a call that has not been sent yet. */
export function detailsOf(method: string, path: string): CallDetails {
  return { method, path, attempts: 1, clientRequestId: undefined, redact: redactor() };
}
