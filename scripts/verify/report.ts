// Collects what was found, each kind once, and renders it as text, as JSON, and as Markdown for the summary of a workflow run.
import type { Redact } from "../../src/redact.js";
import type { Node } from "../description/node.js";
import { idOf, lineOf } from "../description/sources.js";

/** A kind of disagreement between a server and the description, and where it came first. */
export interface Finding {
  readonly operation: string;
  readonly status: number;
  /** A JSON pointer into the body, with `*` for an index or a name that is the reader's own; or which header. */
  readonly pointer: string;
  /** What the description says. */
  readonly rule: string;
  /** What the server sent. */
  readonly value: string;
  /** The file, line and column that says so. */
  readonly place: string;
  readonly count: number;
}

/** A disagreement; `kind` tells it from others with the same rule and place. */
export type Found = Omit<Finding, "place" | "count"> & { place: Node; kind?: string; count?: number };

export interface Report {
  readonly disagreements: readonly Finding[];
  /** The described fields that never came. The description allows that. */
  readonly missing: readonly Finding[];
  /** The operations of which nothing was compared. */
  readonly notAsked: readonly string[];
  readonly requests: number;
  /** How many entries of recorded traffic are not for this API. */
  readonly leftOut: number;
  /** How many responses were recorded without their body. */
  readonly withoutBody: number;
  /** Why the run ended early; null when it did not. */
  readonly stopped: string | null;
}

/** Merges findings of the same kind, and shows no secret. */
export function merge(all: Iterable<Found>, redact: Redact): Finding[] {
  // It is shortened last: a part of a secret is not recognized.
  const print = (text: string): string => {
    const line = redact(text).replace(/\p{Cc}/gu, "?");
    return line.length > 80 ? `${line.slice(0, 60)}… (${line.length} characters)` : line;
  };
  const merged = new Map<string, Finding>();
  for (const { kind = "", place, count = 1, pointer, rule, value, operation, status } of all) {
    const key = `${rule} ${idOf(place)} ${kind}`;
    const texts = { pointer: print(pointer), rule: print(rule), value: print(value) };
    const first = merged.get(key) ?? { operation, status, ...texts, place: lineOf(place), count: 0 };
    merged.set(key, { ...first, count: first.count + count });
  }
  return [...merged.values()];
}

/** The JSON type of a value. */
export function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function asText(report: Report): string {
  const found = report.disagreements.map(({ place, rule, value, count, ...at }) => {
    return `${place} ${rule}\n    ${whereOf(at)}: ${value} (${count === 1 ? "once" : `${count} times`})`;
  });
  const never = report.missing.map(({ place, ...at }) => `${place} never came\n    ${whereOf(at)}`);
  return [...found, ...never, verdict(report)].join("\n");
}

function asMarkdown(report: Report): string {
  const code = (text: string): string => `<code>${text.replace(/[&<|]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
  const rows = [...report.disagreements, ...report.missing].map(({ place, rule, value, count, ...at }) => {
    return `| ${[whereOf(at), rule, value, place].map(code).join(" | ")} | ${count} |\n`;
  });
  const head = "| Response | Description | Server | Place | Count |\n| --- | --- | --- | --- | ---: |\n";
  const table = rows.length > 0 ? `${head}${rows.join("")}\n` : "";
  return `## The description and the server\n\n${table}${verdict(report)}`;
}

function whereOf({ operation, status, pointer }: Pick<Finding, "operation" | "status" | "pointer">): string {
  return `${operation} ${status} ${pointer}`.trim();
}

function verdict({ disagreements: { length }, notAsked, requests, leftOut, withoutBody, stopped }: Report): string {
  const sentences = [
    length > 0 && `The server and the description disagree in ${length === 1 ? "one place" : `${length} places`}.`,
    length === 0 && stopped === null && "The server does what the description says.",
    stopped !== null && `The server could not be asked further (${stopped}).`,
    `Requests: ${requests}.`,
    leftOut > 0 && `Left out, because they are not for this API: ${leftOut}.`,
    withoutBody > 0 && `Not compared, because their body was not recorded: ${withoutBody}.`,
    notAsked.length > 0 && `Not asked: ${notAsked.join(", ")}.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

/** The text of a report in each format. */
export const formats = {
  text: asText,
  markdown: asMarkdown,
  json: (report: Report): string => JSON.stringify(report, null, 2),
};
