import type { Comparison } from "./measure.js";

/** A Markdown table that is aligned for reading as it is. */
export function table(comparisons: readonly Comparison[], unit: string): string {
  const headings = ["contender", unit, "reference", unit, "ratio", "middle half", "target", ""];
  const rows = comparisons.map(({ contender, reference, medians, ratios, target, most }) => [
    contender.name,
    medians[0].toFixed(0),
    reference.name,
    medians[1].toFixed(0),
    ratios[1].toFixed(3),
    `${ratios[0].toFixed(2)}–${ratios[2].toFixed(2)}`,
    [target && `≤ ${target.toFixed(2)}`, most && `≤ ${most} ${unit}`].filter(Boolean).join(", "),
    target || most
      ? ratios[1] <= (target ?? Infinity) && medians[0] <= (most ?? Infinity)
        ? "met"
        : "**missed**"
      : "",
  ]);
  const widths = headings.map((_, column) =>
    Math.max(3, ...[headings, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [headings, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}
