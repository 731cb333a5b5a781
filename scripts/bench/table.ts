import type { Result } from "./measure.js";

/** The results as a Markdown table that is aligned for reading as it is. */
export function resultsTable(results: readonly Result[]): string {
  const rows = [["what is measured", "contender", "beside", "ratio", "quartiles", "goal"], ...results.map(cells)];
  const widths = rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return rows
    .toSpliced(
      1,
      0,
      widths.map((width) => "-".repeat(width)),
    )
    .map(line)
    .join("\n");
}

function cells({ title, contender, beside, goal, unit = "ms", medians, quartiles }: Result): string[] {
  const [lower, median, upper] = quartiles;
  const [ours = Number.NaN, theirs = Number.NaN] = medians;
  const middleHalf = beside === undefined ? [lower, upper].map(short) : [lower.toFixed(2), upper.toFixed(2)];
  return [
    title,
    `${contender}: ${short(ours)} ${unit}`,
    beside === undefined ? "" : `${beside}: ${short(theirs)} ${unit}`,
    beside === undefined ? "" : median.toFixed(2),
    lower === upper ? "" : middleHalf.join("–"),
    goal === undefined ? "" : `≤ ${short(goal)}${median <= goal ? "" : ", **missed**"}`,
  ];
}

function short(figure: number): string {
  return figure.toLocaleString("en", { maximumFractionDigits: Math.abs(figure) < 10 ? 2 : 0 });
}
