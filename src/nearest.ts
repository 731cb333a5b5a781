/** The name that takes the fewest changes of a letter to become this one; undefined when none is similar. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const given = name.slice(0, 200).toLowerCase();
  const ranked = names.map((one) => ({ one, changes: changesBetween(given, one.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.changes - b.changes);
  return best && best.changes <= Math.max(2, best.one.length / 3) ? best.one : undefined;
}

/** Levenshtein's distance. */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
