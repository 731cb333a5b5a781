// Renders the report as text, as JSON, and as Markdown for the summary of a workflow run.
import type { Finding } from "./findings.js";

export interface Report {
  readonly disagreements: readonly Finding[];
  /** The described fields that never came. The description allows that. */
  readonly missing: readonly Finding[];
  /** The operations of which nothing was compared. */
  readonly notAsked: readonly string[];
  readonly requests: number;
  /** How many entries of recorded traffic are not for this API. */
  readonly leftOut: number;
  /** Why the run ended early; null when it did not. */
  readonly stopped: string | null;
}

function asText(report: Report): string {
  const { disagreements, missing } = report;
  const found = disagreements.map(({ place, rule, value, count, ...at }) => {
    return `${place} ${rule}\n    ${whereOf(at)}: ${value} (${count === 1 ? "once" : `${count} times`})`;
  });
  const never = missing.map(({ place, ...at }) => `${place} never came\n    ${whereOf(at)}`);
  return [...found, ...never, verdict(report)].join("\n");
}

function asMarkdown(report: Report): string {
  const code = (text: string): string => `<code>${text.replace(/[&<|]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
  const rows = [...report.disagreements, ...report.missing].map(({ place, rule, value, count, ...at }) => {
    return `| ${[whereOf(at), rule, value, place].map(code).join(" | ")} | ${count} |`;
  });
  const table = [
    "| Response | Description | Server | Place | Count |",
    "| --- | --- | --- | --- | ---: |",
    ...rows,
    "",
  ];
  return ["## The description and the server\n", ...(rows.length > 0 ? table : []), verdict(report)].join("\n");
}

function whereOf({ operation, status, pointer }: Pick<Finding, "operation" | "status" | "pointer">): string {
  return `${operation} ${status} ${pointer}`.trim();
}

function verdict({ disagreements: { length }, notAsked, requests, leftOut, stopped }: Report): string {
  const places = length === 1 ? "one place" : `${length} places`;
  const sentences = [
    length > 0 && `The server and the description disagree in ${places}.`,
    length === 0 && stopped === null && "The server does what the description says.",
    stopped !== null && `The server could not be asked further (${stopped}).`,
    `Requests: ${requests}.`,
    leftOut > 0 && `Left out, because they are not for this API: ${leftOut}.`,
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
