import { isObject } from "../unknown-value.js";
import type { HttpRequest } from "./prism.js";

/** The response to a valid request, of those that the description has. */
export interface Selection {
  /** The number of the page that was requested, from 1; undefined when there is no such page. */
  readonly page?: number;
  /** The status of a failure; a success when absent. */
  readonly failure?: 400 | 404;
  /** The problem of the request, for a 400. */
  readonly reason?: string;
  /** The example to respond with; the first one when absent. */
  readonly exampleKey?: string;
  /** Makes the body of the response from the example's. */
  readonly body?: (example: unknown) => unknown;
}

/** Selects the response to a request for one operation. */
export type Selector = (request: HttpRequest) => Selection;

/** Makes the example of "not found" name the requested values, in place of the examples of the parameters. */
export function replaceIn(examples: readonly string[], requested: readonly unknown[]): (example: unknown) => unknown {
  return (example) => {
    if (example === undefined) return undefined;
    const text = examples.reduce((text, name, index) => {
      return text.replaceAll(name, () => JSON.stringify(String(requested[index])).slice(1, -1));
    }, JSON.stringify(example));
    return JSON.parse(text);
  };
}

/** Puts the problem of this request into the message of an error example, if it has one. */
export function withMessage(example: unknown, reason: string): unknown {
  return isObject(example) && typeof example["message"] === "string" ? { ...example, message: reason } : example;
}
