// Compares a response with the description. Prism's validator finds violations; find-undescribed.ts finds what is new.
import { responseOf } from "../../src/mock/list-operations.js";
import { findViolations, type HttpResponse, type Operation } from "../../src/mock/prism.js";
import { observeBody, observeHeaders } from "./find-undescribed.js";
import { type Findings, type Found, textOf } from "./findings.js";
import { Cursor } from "./schema-cursor.js";
import { type Place, unescapeKey } from "./source-location.js";

type Violation = Awaited<ReturnType<typeof findViolations>>[number];

/** Reports a disagreement of one response; `kind` tells it from others with the same rule. */
export type Add = (found: Omit<Found, "operation" | "status">, kind?: string) => void;

/**
 * Reports how a response differs from the description.
 *
 * @param description the place of the operation
 * @returns whether it is valid, which it is with fields and headers that are new
 */
export async function checkResponse(
  operation: Operation,
  description: Place,
  path: string,
  response: HttpResponse,
  findings: Findings,
): Promise<boolean> {
  const { statusCode: status, headers = {}, body } = response;
  const origin = { operation: description.text("operationId"), status };
  const add: Add = (found, kind) => findings.add({ ...origin, ...found }, kind);
  const code = responseOf(operation, status)?.code;
  const described = description.child("responses", code ?? "");
  if (!described) {
    const place = description.child("responses") ?? description;
    const rule = `statuses: ${place.keys().join(", ")}`;
    add({ pointer: "", rule, value: `${status}`, place }, `${status}`);
    return false;
  }
  observeHeaders(headers, described, add);

  // Prism throws for a Content-Type that is not a media type.
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers["content-type"] ?? "")?.[0] ?? "none/none";
  const plain = { ...response, headers: { ...headers, "content-type": type } };
  const violations = await findViolations(operation, { method: "get", url: { path } }, plain);
  if (violations.some(({ path = [] }) => path.length === 0)) {
    // The one without a path is that of the media type, and the others are by the schema of another type.
    const place = described.child("content") ?? described;
    const rule = `media types: ${place.keys().join(", ")}`;
    add({ pointer: "header content-type", rule, value: headers["content-type"] ?? "nothing", place });
    return false;
  }
  const cursor = new Cursor(body, described.child("content", type.toLowerCase(), "schema"));
  for (const violation of withoutBranches(violations)) report(violation, described, response, cursor, add);
  observeBody(cursor, add, (found, isPresent) => findings.addField({ ...origin, ...found }, isPresent));
  return violations.length === 0;
}

function report(violation: Violation, described: Place, { headers }: HttpResponse, body: Cursor, add: Add): void {
  const { path: [part, ...keys] = [], code, message } = violation;
  const keyword = String(code);
  const field = keyword === "required" ? /'(.+)'/s.exec(message)?.[1] : undefined;
  let at = keys.reduce((cursor, key) => cursor.step(unescapeKey(key)), body);
  if (part === "header") {
    const name = keys[0] ?? field ?? "";
    const header = described.keys("headers").find((key) => key.toLowerCase() === name) ?? "";
    at = new Cursor(headers?.[name], described.child("headers", header, "schema"), `header ${name}`);
  }
  const limit = at.find(keyword);
  const place = limit ?? at.schemas[0] ?? described;
  const { pointer, value } = field !== undefined && part === "body" ? at.step(field) : at;
  const text = field ?? (isChoice(violation) ? "" : JSON.stringify(limit?.node));
  add({ pointer, rule: text ? `${keyword}: ${text}` : keyword, value: textOf(value), place });
}

function isChoice({ code }: Violation): boolean {
  return code === "anyOf" || code === "oneOf";
}

/** Leaves out the violations in the branches of `anyOf` and `oneOf`, which are reported as a whole. */
function withoutBranches(violations: readonly Violation[]): Violation[] {
  const choices = violations.filter(isChoice);
  return violations.filter((violation) => {
    const { path = [] } = violation;
    const contains = ({ path: choice = [] }: Violation): boolean =>
      choice.every((key, index) => path[index] === key) && (choice.length < path.length || !isChoice(violation));
    return !choices.some(contains);
  });
}
