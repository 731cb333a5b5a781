import { STATUS_CODES } from "node:http";
import { isRetryable, retryPolicy } from "../../src/retry-policy.js";
import type { Node } from "../description/node.js";
import type { Operation } from "../description/operations.js";
import { pagingPicture } from "./paging-diagram.js";

/** What the docs say beside the description. */
export interface Texts {
  readonly guide: string;
  readonly readme: string;
}

/**
 * Completes the text of a description for its docs: the table of errors says what each status means and what the
 * client does. The first section of the guide comes before the sections of the description, and each other one
 * follows the section with the same heading.
 *
 * @throws {Error} when a section or a placeholder's value is missing
 */
export function completeText(text: string, { guide, readme }: Texts, operations: readonly Operation[]): string {
  const values: Record<string, unknown> = {
    ...retryPolicy(),
    picture: pagingPicture(operations),
    quickStart: quickStart(readme),
  };
  const filled = guide.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`The guide names {{${name}}}, which there is not`);
    return String(values[name]);
  });
  const [first = "", ...others] = split(filled);
  const [introduction = "", ...sections] = split(completeTable(text, operations));
  for (const addition of others) {
    const [heading = ""] = addition.split("\n", 1);
    const index = sections.findIndex((section) => section.startsWith(`${heading}\n`));
    if (index === -1) throw new Error(`info.description has no section "${heading}"`);
    sections[index] = `${sections[index]?.trimEnd()}${addition.slice(heading.length)}`;
  }
  return [introduction, first, ...sections].map((section) => section.trim()).join("\n\n");
}

/** The code of the README's quick start, as it stands there. */
function quickStart(readme: string): string {
  const section = split(readme).find((one) => one.startsWith("## Quick start\n"));
  const code = /^```ts\n.*?^```$/ms.exec(section ?? "")?.[0];
  if (code === undefined) throw new Error('README.md has no TypeScript in a section "## Quick start"');
  return code;
}

function split(text: string): string[] {
  return text.split(/^(?=## )/m);
}

/** Writes the description's table of statuses and gRPC codes anew, with what each means and what the client does. */
function completeTable(text: string, operations: readonly Operation[]): string {
  const responses = operations.flatMap(({ node }) => {
    const all = node.at("responses");
    return all.keys.map((status) => [status, all.at(status)] as const);
  });
  const meanings = new Map<number, Set<string>>();
  for (const [status, response] of responses) {
    meanings.set(Number(status), (meanings.get(Number(status)) ?? new Set()).add(response.text("description")));
  }
  const declared = [...meanings.keys()].filter((status) => status >= 400);
  const gateway = Object.keys(STATUS_CODES).map(Number).filter(isRetryable);
  const codes = new Map(
    [...text.matchAll(/^\| (\d{3}) \| (.*) \|$/gm)].map(([, status, code]) => [
      Number(status),
      code?.replaceAll(", ", "<br>"),
    ]),
  );

  const rows = [...new Set([...declared, ...gateway])]
    .sort((a, b) => a - b)
    .map((status) => {
      const meaning = meanings.get(status) ?? [`${STATUS_CODES[status]}, from a gateway in front of the API.`];
      const code = codes.get(status) ?? ([...new Set(codesOf(responses, status))].join("<br>") || "none");
      return `| ${status} | ${code} | ${[...meaning].join("<br>")} | ${retries(status)} |`;
    });
  const head = "| Status | gRPC code | Meaning | Client retries |\n|---|---|---|---|";
  return text.replace(/(?:^\|.*\|$\n?)+/m, `${[head, ...rows].join("\n")}\n`);
}

/** The gRPC codes in the examples of these responses: a status that the description's own table lacks has no other. */
function codesOf(responses: readonly (readonly [status: string, response: Node])[], status: number): unknown[] {
  return responses
    .filter(([one]) => Number(one) === status)
    .flatMap(([, response]) => response.at("content").children)
    .flatMap((media) => [media.at("example"), ...media.at("examples").children.map((example) => example.at("value"))])
    .flatMap((value) => value.fields["code"] ?? []);
}

/** What the client does after a status. A test sends the client each of them. */
function retries(status: number): string {
  if (status === 401) return "Once, with a new token";
  return isRetryable(status) ? "Yes" : "No";
}
