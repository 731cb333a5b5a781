import { STATUS_CODES } from "node:http";
import { packageName } from "../../src/package-name.js";
import { isRetryable, isSafe, retryPolicy } from "../../src/retry-policy.js";
import { methods, type Operation } from "../description/operations.js";
import { colored } from "./colored.js";
import { pagingDiagram } from "./paging-diagram.js";

/** The texts of the docs beside the description. */
export interface Texts {
  readonly guide: string;
  readonly readme: string;
}

/**
 * Completes the text of a description for its docs. The first section of the guide comes before the sections of the
 * description, and each other one follows the section with the same heading, or comes last. A section about a feature
 * that the description lacks, such as paging, is left out.
 *
 * @throws {Error} when a placeholder of the guide has no value, or the README lacks a quick start
 */
export function completeText(text: string, { guide, readme }: Texts, operations: readonly Operation[]): string {
  const safe = methods.map((method) => method.toUpperCase()).filter(isSafe);
  const values: Record<string, unknown> = {
    ...retryPolicy(),
    packageName,
    errors: errorTable(operations),
    picture: pagingDiagram(operations),
    quickStart: quickStart(readme),
    safe: `${safe.slice(0, -1).join(", ")} or ${safe.at(-1)}`,
  };
  const isMissing = (section: string): boolean =>
    [...section.matchAll(/\{\{(\w+)\}\}/g)].some(([, name = ""]) => name in values && values[name] === undefined);
  const [first = "", ...others] = split(guide)
    .filter((section) => !isMissing(section))
    .map((section) =>
      section.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
        if (!(name in values)) throw new Error(`The guide's placeholder {{${name}}} is unknown`);
        return String(values[name]);
      }),
    );
  const [introduction = "", ...sections] = split(text);
  for (const addition of others) {
    const [heading = ""] = addition.split("\n", 1);
    const index = sections.findIndex((section) => section.split("\n", 1)[0]?.trim() === heading);
    if (index === -1) sections.push(addition);
    else sections[index] = `${sections[index]?.trimEnd()}${addition.slice(heading.length)}`;
  }
  return [introduction, first, ...sections].map((section) => section.trim()).join("\n\n");
}

/** The code of the README's quick start, as it stands there, in color. */
function quickStart(readme: string): string {
  const section = split(readme).find((one) => one.startsWith("## Quick start\n"));
  const code = /^```ts\n(.*?)^```$/ms.exec(section ?? "")?.[1];
  if (code === undefined) throw new Error('README.md must have TypeScript in a section "## Quick start"');
  return colored(code);
}

function split(text: string): string[] {
  return text.split(/^(?=## )/m);
}

/**
 * A table of the failures: the meaning of each status, by operation where it differs, and whether the client retries
 * it.
 */
function errorTable(operations: readonly Operation[]): string {
  const gateway = Object.keys(STATUS_CODES).map(Number).filter(isRetryable);
  const described = operations.flatMap(({ node }) => node.at("responses").keys.map(Number));
  const statuses = [...new Set([...described.filter((status) => status >= 400), ...gateway])].sort((a, b) => a - b);
  const rows = statuses.map((status) => {
    const responding = operations.filter(({ node }) => node.at("responses").keys.includes(`${status}`));
    const isOfGateway = responding.length === 0;
    const meaning = isOfGateway
      ? `${STATUS_CODES[status]}, from a gateway in front of the API.`
      : meaningOf(responding, status);
    return `| ${status} | ${meaning} | ${retries(status, isOfGateway ? operations : responding)} |`;
  });
  return ["| Status | Meaning | Client retries |", "|---|---|---|", ...rows].join("\n");
}

/** The description of a response, with the operations that it is of, unless all have the same. */
function meaningOf(operations: readonly Operation[], status: number): string {
  const byMeaning = new Map<string, string[]>();
  for (const { id, node } of operations) {
    const meaning = cell(node.at("responses", `${status}`).text("description"));
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), `\`${id}\``]);
  }
  if (byMeaning.size === 1) return [...byMeaning.keys()].join();
  const texts = [...byMeaning].map(([meaning, ids]) => {
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
    return `${ids.slice(0, 3).join(", ")}${more}: ${meaning}`;
  });
  return texts.join("<br>");
}

/** A text of Markdown in a line, for a cell of a table. */
function cell(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs.map((one) => one.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")).join("<br>");
}

/** Whether the client retries a status. A test sends the client each of them. */
function retries(status: number, operations: readonly Operation[]): string {
  if (status === 401) return "Once, with a new token";
  const used = [...new Set(operations.map(({ method }) => method.toUpperCase()))];
  const repeated = isRetryable(status) ? used.filter(isSafe) : [];
  if (repeated.length === 0) return "No";
  return repeated.length === used.length ? "Yes" : `Yes, but only ${repeated.join(", ")}`;
}
